// A lesson's matrix as Markdown, for an issue or notes: the rows and the words of the page. Pure.
import { outcomeWords } from "./acts.ts";
import type { Attempt } from "../attempt.ts";
import type { FilledCell } from "../cell.ts";
import { CLIENTS, type Client } from "../vocabulary.ts";
import { printable } from "./printable.ts";
import { matchWords } from "./verdicts.ts";

interface MarkdownMatrix {
  /** `Lesson 3: Websocket only` */
  title: string;
  columns: Record<Client, string>;
  attempts: readonly Attempt[];
  /** Undefined where nothing has been seen yet. A row without any such cell is left out. */
  readonly cellAt: (attempt: string, client: Client) => FilledCell | undefined;
}

export function matrixMarkdown({ title, columns, attempts, cellAt }: MarkdownMatrix): string {
  const rows = attempts.flatMap((attempt) => {
    const cells = CLIENTS.map((client) => cellAt(attempt.id, client));
    const seen = cells.filter((cell) => cell !== undefined && cell.outcome.length > 0);
    const words = cells.map((cell) => cellWords(cell, attempt));
    return seen.length === 0 ? [] : [[attempt.title, ...words, seen[0]!.server]];
  });
  const head = ["Attempt", ...CLIENTS.map((client) => columns[client]), "Demo server"];
  const table = [head, head.map(() => "---"), ...rows.map((row) => row.map(escape))];
  const lines = table.map((row) => `| ${row.join(" | ")} |`);
  return [`### ${escape(title)}`, "", ...lines, ""].join("\n");
}

/** `connected: john, websocket (matches the lesson)` */
function cellWords(cell: FilledCell | undefined, attempt: Attempt): string {
  if (cell === undefined || cell.outcome.length === 0) return "–";
  const { word, detail } = outcomeWords(cell.outcome, attempt);
  const seen = [word, detail].filter(Boolean).join(": ");
  const match = matchWords(cell.verdict);
  return match === undefined ? seen : `${seen} (${match})`;
}

/** Everything that Markdown, or HTML in it, would take for more than text. */
function escape(text: string): string {
  return printable(text).replaceAll(/[\\`*_[\]<>|#~&@]/g, (each) =>
    each === "@" ? "@\u200b" : `\\${each}`,
  );
}

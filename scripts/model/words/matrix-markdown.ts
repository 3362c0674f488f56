// A lesson's matrix as Markdown, for an issue or notes: what the lesson says of each cell, and what was seen. Pure.
import { outcomeWords } from "../act-words.ts";
import type { Attempt } from "../attempt.ts";
import type { FilledCell } from "../cell.ts";
import type { Expectation } from "../expectation.ts";
import { CLIENTS, type Client } from "../vocabulary.ts";
import { printable, printableValue } from "./printable.ts";
import { matchWords } from "./verdicts.ts";

export interface MarkdownMatrix {
  /** `Lesson 3: Websocket only` */
  title: string;
  columns: Record<Client, string>;
  attempts: readonly Attempt[];
  /** Undefined where nothing has been seen yet: such a row is left out. */
  readonly cellAt: (attempt: string, client: Client) => FilledCell | undefined;
}

export function matrixMarkdown({ title, columns, attempts, cellAt }: MarkdownMatrix): string {
  const rows = attempts.flatMap((attempt) =>
    CLIENTS.flatMap((client) => {
      const cell = cellAt(attempt.id, client);
      if (cell === undefined || cell.outcome.length === 0) return [];
      const says = attempt.expect === undefined ? "" : expectationWords(attempt.expect[client]);
      return [[attempt.title, columns[client], cell.server, says, seenWords(cell, attempt)]];
    }),
  );
  const head = ["Attempt", "Client", "Demo server", "The lesson says", "Seen"];
  const table = [head, head.map(() => "---"), ...rows.map((row) => row.map(escape))];
  const lines = table.map((row) => `| ${row.join(" | ")} |`);
  return [`### ${escape(title)}`, "", ...lines, ""].join("\n");
}

/** `refused, message: xhr poll error, status: 401`; what it says of the wire stands in the trace. */
function expectationWords({ result, wire: _wire, ...fields }: Expectation): string {
  const words = Object.entries(fields).map(([name, value]) => `${name}: ${valueWords(value)}`);
  return [result, ...words].join(", ");
}

function valueWords(value: unknown): string {
  return value === null ? "not visible" : printableValue(value);
}

function seenWords({ outcome, verdict }: FilledCell, attempt: Attempt): string {
  const { word, detail } = outcomeWords(outcome, attempt);
  const seen = [word, detail].filter(Boolean).join(": ");
  const match = matchWords(verdict);
  return match === undefined ? seen : `${seen} (${match})`;
}

/** Everything that Markdown, or HTML in it, would take for more than text. */
function escape(text: string): string {
  return printable(text).replaceAll(/[\\`*_[\]<>|#~&@]/g, (each) =>
    each === "@" ? "@\u200b" : `\\${each}`,
  );
}

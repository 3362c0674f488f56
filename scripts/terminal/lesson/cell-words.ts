// Says about one cell all that can be said: why, what was told, what was not as expected; and draws its trace.
import type { Cell } from "../../lab/lessons/run.ts";
import { nameServer } from "../../lab/servers/server-name.ts";
import type { Lesson, Switches } from "../../model/lesson.ts";
import { answerWords } from "../../model/question.ts";
import type { Column } from "./matrix.ts";
import {
  describeDifferences,
  describeFully,
  describeOutcome,
  describeVerdict,
} from "./outcome-words.ts";
import type { Paint } from "../paint.ts";
import { renderTrace } from "./sequence.ts";
import { cut, pad, padLeft, READING_WIDTH, widthOf, wrap } from "../text.ts";

/** Why a cell is as it is: what is not as the lesson says, or else what the lesson says about it. */
export function describeWhy(cell: Cell): string[] {
  const { differences, verdict, attempt, client } = cell;
  if (differences.length > 0) return describeDifferences(differences);
  const why = attempt.why[client];
  return verdict === "as expected" && why !== undefined ? [why] : [];
}

/** Why the lesson says nothing of a cell: which switch keeps it silent; undefined where it does say something. */
export function describeSilence(
  { verdict, attempt }: Cell,
  lesson: Pick<Lesson, "switches">,
  { token, serverTransports }: Switches,
): string | undefined {
  if (verdict !== "no expectation") return undefined;
  if (token !== undefined && attempt.credential !== "none" && token !== attempt.token)
    return `This row is about the token ${attempt.token}, so the lesson says nothing of ${token}: k and K choose, up to the lesson's own.`;
  const [now, own] = [serverTransports, lesson.switches.serverTransports].map((each) =>
    each.join("+"),
  );
  return `The server offers ${now} and the lesson is about ${own}, so it says nothing of this: t goes on to the next.`;
}

const CLIENT_WIDTH = 8;
const SEEN_WIDTH = 40;

/** One cell on one line, for a list that grows as the cells are filled. @param number of its row, from 1 */
export function renderCellLine(cell: Cell, number: number, width: number, paint: Paint): string {
  const verdict = describeVerdict(cell.verdict);
  const start = `${padLeft(String(number), 2)} ${pad(cell.client, CLIENT_WIDTH)}`;
  const against = paint(verdict.meaning, `${verdict.sign} ${verdict.word}`);
  const line = `${start}${pad(describeSeen(cell, paint), SEEN_WIDTH)} ${pad(against, 10)} `;
  return line + paint("quiet", cut(cell.attempt.title, width - widthOf(line)));
}

function describeSeen({ attempt, outcome }: Cell, paint: Paint): string {
  if (outcome === undefined) return "";
  const { sign, word, detail: usual, meaning } = describeOutcome(outcome);
  const detail = answerWords(attempt, outcome) ?? usual;
  const room = SEEN_WIDTH - sign.length - word.length - 3;
  return `${paint(meaning, `${sign} ${word}`)}  ${cut(detail, room)}`;
}

/** The server that an attempt meets: the learner's switches, unless the attempt sets its own. */
function serverOf({ attempt }: Cell, switches: Switches): string {
  const { overlay } = attempt;
  const { variant, auth, serverTransports } = { ...switches, ...definedOf(attempt) };
  const overlaid = overlay === undefined ? {} : { overlayFolder: overlay };
  return nameServer({ variant, auth, serverTransports, ...overlaid });
}

function definedOf({ variant, auth, serverTransports }: Cell["attempt"]): Partial<Switches> {
  return {
    ...(variant === undefined ? {} : { variant }),
    ...(auth === undefined ? {} : { auth }),
    ...(serverTransports === undefined ? {} : { serverTransports }),
  };
}

interface Scene {
  columns: readonly Column[];
  switches: Switches;
}

/** What the client experienced in a cell, and the sequence of what went over the wire. */
export function renderCell(
  cell: Cell,
  { columns, switches }: Scene,
  width: number,
  paint: Paint,
): string[] {
  const name = columns.find(({ client }) => client === cell.client)?.name ?? cell.client;
  const { outcome, trace } = cell;
  if (outcome === undefined || trace === undefined)
    return [
      cell.verdict === "too busy"
        ? "This machine was too busy to tell: r runs it again."
        : "There was no browser to try it in.",
    ];
  const sentences = describeFully(outcome).join(" ");
  return [
    ...wrap(sentences, Math.min(width, READING_WIDTH)),
    "",
    ...renderTrace(trace, { client: name, server: serverOf(cell, switches) }, width, paint),
  ];
}

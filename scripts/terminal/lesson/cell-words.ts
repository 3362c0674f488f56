// Says all about one cell: why, what the client learned, what was not as expected; and draws its trace.
import type { Cell } from "../../lab/lessons/run.ts";
import type { Lesson } from "../../model/lesson.ts";
import { OWN } from "../../model/own-attempt.ts";
import { ownInWords, type OwnSwitches, type ServerSwitches } from "../../model/switches.ts";
import { stoppedWords } from "../../model/words/stopped.ts";
import { silence } from "../../model/words/verdicts.ts";
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

const TOO_BUSY = "This machine was too busy to tell: run it again.";

/** Why a cell is as it is: what does not match the lesson, or else what the lesson says about it. */
export function describeWhy(cell: Cell): string[] {
  const { differences, verdict, attempt, client } = cell;
  if (verdict === "too busy") return [TOO_BUSY];
  if (differences.length > 0) return describeDifferences(differences);
  const why = attempt.why?.[client];
  return verdict === "as expected" && why !== undefined ? [why] : [];
}

/** Why the lesson says nothing of a cell; undefined where it does say something, and of the own attempt. */
export function describeSilence(
  { verdict, attempt }: Cell,
  lesson: Pick<Lesson, "switches">,
  { serverTransports }: ServerSwitches,
): string | undefined {
  if (verdict !== "no expectation" || attempt.id === OWN) return undefined;
  const offers = { own: lesson.switches.serverTransports, now: serverTransports };
  return `${silence("this result", offers)} t goes on to the next.`;
}

/** What the own attempt is made of: its transports, what it sends, and its token. */
export function describeOwn(switches: OwnSwitches): string {
  return `Your own attempt: ${Object.values(ownInWords(switches)).join(" · ")}.`;
}

const CLIENT_WIDTH = 8;
const SEEN_WIDTH = 40;

/** One cell on one line, for a list that grows as the cells are filled. @param number of its row, from 1 */
export function renderCellLine(cell: Cell, number: number, width: number, paint: Paint): string {
  const verdict = describeVerdict(cell.verdict);
  const start = `${padLeft(String(number), 2)} ${pad(cell.client, CLIENT_WIDTH)}`;
  const against = paint(verdict.meaning, `${verdict.sign} ${verdict.word}`);
  const line = `${start}${pad(describeSeen(cell, paint), SEEN_WIDTH)} ${pad(against, 10)} `;
  const { group, label } = cell.attempt;
  // What differs from its neighbours first: there is little room.
  const title = group === undefined ? label : `${label} · ${group}`;
  return line + paint("quiet", cut(title, width - widthOf(line)));
}

function describeSeen({ outcome, attempt }: Cell, paint: Paint): string {
  if (outcome.length === 0) return "";
  const { sign, word, detail, meaning } = describeOutcome(outcome, attempt);
  const room = SEEN_WIDTH - sign.length - word.length - 3;
  return `${paint(meaning, `${sign} ${word}`)}  ${cut(detail, room)}`;
}

/** What the client experienced in a cell, and the sequence of what went over the wire. */
export function renderCell(
  cell: Cell,
  { columns, isEveryStep = false }: { columns: readonly Column[]; isEveryStep?: boolean },
  width: number,
  paint: Paint,
): string[] {
  const name = columns.find(({ client }) => client === cell.client)?.name ?? cell.client;
  const { attempt, outcome, trace, server } = cell;
  if (outcome.length === 0)
    return [cell.verdict === "too busy" ? TOO_BUSY : "There was no browser to try it in."];
  const told = describeFully(attempt, outcome);
  return [
    ...told.flatMap((line) => wrap(line, Math.min(width, READING_WIDTH))),
    "",
    ...renderTrace(trace, { client: name, server }, width, paint, isEveryStep ? "all" : undefined),
    ...wrap(stoppedWords([{ client: name, outcome }]), Math.min(width, READING_WIDTH)),
  ];
}

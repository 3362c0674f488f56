// What a person predicts for the rows of a lesson before it runs, and whether it came true. Pure.
import type { Attempt } from "./attempt.ts";
import type { FilledCell } from "./cell.ts";
import { trueAnswer } from "./question.ts";
import type { Score } from "./schema-pieces.ts";
import { type Client, CLIENTS } from "./vocabulary.ts";
import { wireFacts } from "./wire-facts.ts";

/** What was predicted, and what came. */
export interface Predicted {
  attempts: readonly Attempt[];
  /** The answers, by the attempt's id. */
  said: Readonly<Record<string, string>>;
  /** Undefined while the cell has yet to run. */
  cellAt(place: { attempt: string; client: Client }): FilledCell | undefined;
}

/** The attempts that the lesson asks something of. */
export function questionsOf(
  attempts: readonly Attempt[],
): (Attempt & Required<Pick<Attempt, "question">>)[] {
  return attempts.flatMap((attempt) =>
    attempt.question === undefined ? [] : [{ ...attempt, question: attempt.question }],
  );
}

/** The answer that came true; undefined while a client has yet to run, or where neither answer did. */
function cameTrue(
  { cellAt }: Pick<Predicted, "cellAt">,
  { id, question }: Attempt,
): string | undefined {
  const [browser, node] = CLIENTS.map((client) => seenBy(cellAt({ attempt: id, client })));
  if (question === undefined || browser === undefined || node === undefined) return undefined;
  return trueAnswer(question, { browser, node });
}

/** The last act, and what went over the wire; an act that was never done answers nothing. */
function seenBy(cell: FilledCell | undefined): object | undefined {
  const last = cell?.outcome.at(-1);
  if (last === undefined || /^(?:skipped|not started|unanswered)$/.test(last.result))
    return undefined;
  return { ...last, wire: wireFacts(cell!.trace) };
}

/** What a person predicted of a row, and how it came. */
interface Judged {
  said: string;
  came: string;
  isRight: boolean;
}

/** Undefined where nothing was predicted, or nothing is known yet. */
export function judged(
  predicted: Pick<Predicted, "said" | "cellAt">,
  attempt: Attempt,
): Judged | undefined {
  const said = predicted.said[attempt.id];
  const came = cameTrue(predicted, attempt);
  return said === undefined || came === undefined
    ? undefined
    : { said, came, isRight: said === came };
}

/** How the predictions went, and the rows that went otherwise; undefined if there is nothing to compare. */
export function scoreOf(predicted: Predicted): (Score & { missed: string[] }) | undefined {
  const all = predicted.attempts.flatMap((attempt) => {
    const result = judged(predicted, attempt);
    return result === undefined ? [] : [{ id: attempt.id, ...result }];
  });
  if (all.length === 0) return undefined;
  const missed = all.filter(({ isRight }) => !isRight).map(({ id }) => id);
  return { right: all.length - missed.length, of: all.length, missed };
}

/** `You predicted: both. It is: only Node.` */
export function judgedWords({ said, came, isRight }: Judged): string {
  return `You predicted: ${said}${isRight ? ", and so it is." : `. It is: ${came}.`}`;
}

export function scoreWords({ right, of }: Score): string {
  return `Your predictions: ${right} of ${of} correct.`;
}

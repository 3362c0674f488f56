// What the lesson asks before the run, and whether it came as the person said. Pure.
import type { Score } from "../../../scripts/model/schema-pieces.ts";
import type { Attempt } from "../../../scripts/model/attempt.ts";
import { trueAnswer } from "../../../scripts/model/question.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { wireFacts } from "../../../scripts/model/wire-facts.ts";
import { cellKey, type LessonState } from "./lesson-state.ts";

/** The attempts that the lesson asks something of. */
export function questionsOf({
  lesson,
}: LessonState): (Attempt & Required<Pick<Attempt, "question">>)[] {
  return (lesson?.attempts ?? []).flatMap((attempt) =>
    attempt.question === undefined ? [] : [{ ...attempt, question: attempt.question }],
  );
}

/** The answer that came true; undefined while a client has yet to run, or where neither answer did. */
export function cameTrue({ cells }: LessonState, { id, question }: Attempt): string | undefined {
  const [browser, node] = CLIENTS.map((client) => seenBy(cells[cellKey({ attempt: id, client })]));
  if (question === undefined || browser === undefined || node === undefined) return undefined;
  return trueAnswer(question, { browser, node });
}

/** The last act, and what went over the wire; an act that was never done answers nothing. */
function seenBy(
  cell: { phase: string; filled: FilledCell | undefined } | undefined,
): object | undefined {
  const last = cell?.phase === "filled" ? cell.filled?.outcome.at(-1) : undefined;
  if (last === undefined || /^(?:skipped|not started|unanswered)$/.test(last.result))
    return undefined;
  return { ...last, wire: wireFacts(cell!.filled!.trace) };
}

/** What a person said of a row, once it is known how it came; undefined where nothing was said or nothing is known. */
export function judged(
  state: LessonState,
  attempt: Attempt,
): { said: string; came: string; isRight: boolean } | undefined {
  const said = state.predictions.said[attempt.id];
  const came = cameTrue(state, attempt);
  return said === undefined || came === undefined
    ? undefined
    : { said, came, isRight: said === came };
}

/** How the predictions went, and the first row that went otherwise; undefined if there is nothing to compare. */
export function scoreOf(state: LessonState): (Score & { wrong: string | undefined }) | undefined {
  const all = questionsOf(state).flatMap((attempt) => {
    const result = judged(state, attempt);
    return result === undefined ? [] : [{ id: attempt.id, ...result }];
  });
  if (all.length === 0) return undefined;
  const wrong = all.filter(({ isRight }) => !isRight);
  return { right: all.length - wrong.length, of: all.length, wrong: wrong[0]?.id };
}

export function scoreWords({ right, of }: Score): string {
  return `You predicted ${right} of ${of} correctly.`;
}

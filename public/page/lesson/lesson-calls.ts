// What a lesson asks the server for, besides its attempts: its words and rows, and to note that it was done.
import type { Verdict } from "../../../scripts/model/cell.ts";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { CallError } from "../shell/channel.ts";
import { currentSwitches } from "../shell/state.ts";
import { cellKey, type LessonState, type LessonStore } from "./lesson-state.ts";

/** Loads the lesson, with the code in the chosen format. */
export async function loadLesson(store: LessonStore): Promise<void> {
  const { shell, state } = store;
  const { number, connection } = state;
  if (number === undefined || connection !== "connected") return;
  const isWanted = (): boolean => store.state.number === number;
  try {
    const lesson = await shell.channel.call("lesson", number, currentSwitches(state).variant);
    if (!isWanted()) return;
    shell.store.update({ rules: lesson });
    store.update({ lesson, lessonError: undefined });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    // Lost: asked again as soon as the server is back.
    if (error.code === "REFUSED" && isWanted())
      store.update({ lesson: undefined, lessonError: error.message });
  }
}

/** Notes in the list of lessons how the lesson went, once each of its cells was compared with what it says. */
export async function noteProgress({ shell, state }: LessonStore): Promise<void> {
  const verdicts = verdictsOf(state);
  if (state.number === undefined || !verdicts.every(isJudged)) return;
  try {
    await shell.channel.call("finished", state.number, !verdicts.includes("surprise"));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    // Lost: the outcomes are on the screen all the same, and the next run notes them.
    if (error.code === "REFUSED") shell.store.update({ notice: error.message });
  }
}

/** Of all cells of the lesson itself; undefined for a cell without an outcome. */
function verdictsOf({ lesson, cells }: LessonState): (Verdict | undefined)[] {
  return (lesson?.attempts ?? []).flatMap(({ id }) =>
    CLIENTS.map((client) => {
      const cell = cells[cellKey({ attempt: id, client })];
      return cell?.phase === "filled" ? cell.filled?.verdict : undefined;
    }),
  );
}

/** Not judged: it ran with switches that the lesson says nothing about. */
function isJudged(verdict: Verdict | undefined): boolean {
  return verdict === "as expected" || verdict === "surprise";
}

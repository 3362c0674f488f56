// What a lesson asks the server for, besides its attempts: its words and rows, and to note that it was done.
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { CallError } from "../shell/channel.ts";
import { currentSwitches } from "../shell/state.ts";
import { cellKey, type LessonState, type LessonStore } from "./lesson-state.ts";
import { scoreOf } from "./prediction.ts";

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

/** Notes in the list of lessons that the lesson was run, and how it was predicted, once each of its cells has an outcome. */
export async function noteProgress({ shell, state }: LessonStore): Promise<void> {
  if (state.number === undefined || !haveAllRun(state)) return;
  const score = scoreOf(state);
  try {
    const noted = score === undefined ? null : { right: score.right, of: score.of };
    await shell.channel.call("finished", state.number, noted);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    // Lost: the outcomes are on the screen all the same, and the next run notes them.
    if (error.code === "REFUSED") shell.store.update({ notice: error.message });
  }
}

/** The person's own attempt aside; and with switches that the lesson says something about. */
function haveAllRun({ lesson, cells }: LessonState): boolean {
  return (lesson?.attempts ?? []).every(({ id }) =>
    CLIENTS.every((client) => {
      const { phase, filled } = cells[cellKey({ attempt: id, client })] ?? {};
      return phase === "filled" && filled?.verdict !== "no expectation";
    }),
  );
}

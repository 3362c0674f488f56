// The exercise on the screen: which one is open, in which format, and when.
import type { ExercisePlace } from "../../../scripts/model/protocol.ts";
import { createCompareActions } from "../compare/compare-actions.ts";
import { watchWidth } from "../compare/compare.ts";
import { FIRST_COMPARE } from "../compare/compare-state.ts";
import { CallError } from "../shell/channel.ts";
import { loadStyle } from "../shell/late-style.ts";
import type { OpenPage, ViewOf } from "../shell/page.ts";
import type { Shell } from "../shell/shell.ts";
import { currentSwitches } from "../shell/state.ts";
import { createExerciseActions } from "./exercise-actions.ts";
import { openFiles } from "./exercise-files.ts";
import { exerciseKeys } from "./exercise-shortcuts.ts";
import { announcementOf, dirtyNames, FIRST_EXERCISE, problemIn } from "./exercise-state.ts";
import { exerciseTitle, exerciseView } from "./exercise-view.ts";
import { askQuestion } from "./question-view.ts";

await loadStyle("exercise");

export function openExercise(shell: Shell): OpenPage<ViewOf<"exercise">> {
  const store = shell.storeFor(FIRST_EXERCISE);
  const compared = shell.storeFor(FIRST_COMPARE);
  watchWidth((fitting) => compared.update({ fitting }));
  const files = openFiles(shell, store);
  const actions = createExerciseActions({ shell, store, compared, files });
  const compareActions = createCompareActions(shell, compared);
  const isOpen = ({ exercise, variant }: ExercisePlace): boolean =>
    store.state.place?.exercise === exercise && store.state.place.variant === variant;

  /** Each format has its own files. */
  function enter(exercise: string): void {
    files.storeDrafts();
    const { variant } = currentSwitches(shell.store.state);
    const { hints } = store.state.place?.exercise === exercise ? store.state : FIRST_EXERCISE;
    store.update({ ...FIRST_EXERCISE, hints, place: { exercise, variant } });
  }

  async function load(): Promise<void> {
    const { place } = store.state;
    if (place === undefined || shell.store.state.connection !== "connected") return;
    try {
      const view = await shell.channel.call("openExercise", place);
      if (store.state.place !== place) return;
      store.update({ view, error: undefined, check: view.check ?? store.state.check });
      files.arrive(view.files);
      if (view.notice !== undefined) shell.store.update({ notice: view.notice });
      if (store.state.isSaveDue) await files.save();
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // Lost: asked again as soon as the server is back.
      if (error.code === "REFUSED" && store.state.place === place)
        store.update({ error: error.message });
    }
  }

  shell.channel.onExercise(({ place, check, files: changed, notice }) => {
    if (!isOpen(place)) return;
    if (changed !== undefined) files.arrive(changed);
    if (notice !== undefined) shell.store.update({ notice });
    if (check === undefined) return;
    store.update({ check });
    if (check.isOver) shell.store.update({ announcement: announcementOf(store.state) });
  });
  addEventListener("pagehide", () => files.storeDrafts());
  addEventListener("beforeunload", (event) => {
    if (dirtyNames(store.state).length > 0) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    const isHere = shell.store.state.address.view.page === "exercise";
    const isSave = event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey);
    if (!isHere || !isSave || event.altKey || event.shiftKey) return;
    event.preventDefault();
    actions.save();
  });

  return {
    title: () => exerciseTitle(store.state),
    view: () =>
      exerciseView({
        state: shell.store.state,
        exercise: store.state,
        compare: compared.state,
        editor: files.editor,
        actions,
        compareActions,
      }),
    enter: ({ id }) => enter(id),
    load,
    async flipped(before) {
      const { place } = store.state;
      if (place === undefined || before.variant === currentSwitches(shell.store.state).variant)
        return;
      enter(place.exercise);
      await load();
    },
    leave() {
      files.storeDrafts();
      store.update({ ...FIRST_EXERCISE });
      // Where the sandbox is away, it has ended already.
      shell.channel.call("leaveExercise").catch((error: unknown) => {
        if (!(error instanceof CallError)) throw error;
      });
    },
    keys: () => exerciseKeys(actions),
    rendered() {
      files.editor.mark(problemIn(store.state)?.line);
      askQuestion();
    },
  };
}

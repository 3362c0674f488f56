// What a person can do with an open exercise, besides typing.
import type { CheckRow } from "../../../scripts/model/exercise.ts";
import type { ArgumentsOf, ExercisePlace } from "../../../scripts/model/protocol.ts";
import { readCode } from "../compare/code-pieces.ts";
import { type CompareState, FIRST_COMPARE } from "../compare/compare-state.ts";
import { CallError } from "../shell/channel.ts";
import type { Shell } from "../shell/shell.ts";
import type { Store } from "../shell/state.ts";
import type { ExerciseFiles } from "./exercise-files.ts";
import { dirtyNames, type ExerciseState, type Panel } from "./exercise-state.ts";

type Beside = ArgumentsOf<"compareExercise">[2];

export interface ExerciseActions {
  chooseFile(name: string): void;
  /** Saves; checks again if there is nothing to save. */
  save(): void;
  check(): void;
  decide(whose: "mine" | "theirs"): void;
  goTo(file: string, line: number): void;
  editCode(): void;
  nextHint(): void;
  compare(title: string, beside: Beside): void;
  solution(): void;
  reset(): void;
  showVersions(): void;
  restore(storedAt: string): void;
  openRow(row: CheckRow): void;
  /** Of the question: yes or no. */
  answer(isYes: boolean): void;
  /** @returns false if nothing was open */
  closePanel(): boolean;
}

interface Parts {
  shell: Shell;
  store: Store<ExerciseState>;
  compared: Store<CompareState>;
  files: ExerciseFiles;
}

export function createExerciseActions({ shell, store, compared, files }: Parts): ExerciseActions {
  const { channel } = shell;
  const say = (notice: string): void => shell.store.update({ notice });

  /** Does what needs the sandbox; says what it refuses, or that it is away. */
  function call(work: (place: ExercisePlace) => Promise<unknown>): void {
    const { place } = store.state;
    if (place === undefined) return;
    work(place).catch((error: unknown) => {
      if (!(error instanceof CallError)) throw error;
      say(error.message);
    });
  }

  /** What is typed is stored with the rest, before something is written over it. */
  function overwrite(work: (place: ExercisePlace) => Promise<unknown>, done: string): void {
    call(async (place) => {
      if (!(await files.save())) return say("First save what you have typed.");
      await work(place);
      store.update({ panel: undefined });
      shell.store.update({ announcement: done });
    });
  }

  function show(panel: Panel): void {
    store.update({ panel });
    queueMicrotask(() => document.querySelector<HTMLElement>("#panel-title")?.focus());
  }

  function compare(title: string, beside: Beside): void {
    call(async (place) => {
      const { name } = store.state;
      const { text } = store.state.files[name]?.own ?? { text: "" };
      const answer = await channel.call("compareExercise", place, { name, text }, beside);
      // On its way, as JSON, a missing line became null.
      const rows = answer.rows.map(({ lines, kinds }) => ({
        lines: lines.map((line) => line ?? undefined),
        kinds,
      }));
      const comparison = { ...answer, rows };
      const code = comparison.columns.map((_title, column) =>
        readCode(rows.flatMap(({ lines }) => lines[column] ?? [])),
      );
      const { fitting } = compared.state;
      const loaded = { what: name, comparison, code };
      compared.update({ ...FIRST_COMPARE, fitting, loaded, isFolded: true });
      show({ is: "comparison", title: `${name}: ${title}` });
    });
  }

  const actions: ExerciseActions = {
    chooseFile: (name) => files.choose(name),
    save() {
      const isDue = dirtyNames(store.state).length > 0;
      if (isDue) call(() => files.save());
      else actions.check();
    },
    check: () => call((place) => channel.call("checkExercise", place)),
    decide: (whose) => files.decide(whose),
    goTo(file, line) {
      if (store.state.name !== file) files.choose(file);
      files.editor.goTo(line);
    },
    editCode: () => files.editor.focus(),
    nextHint() {
      const { hints, view } = store.state;
      store.update({ hints: Math.min(hints + 1, view?.hints.length ?? 0) });
      queueMicrotask(() => document.querySelector<HTMLElement>(".hints li:last-child")?.focus());
    },
    compare,
    solution() {
      store.update({
        question: {
          ask: "Show the solution?",
          yes: "Show it",
          act: () => compare("from mine to the solution", "solution"),
        },
      });
    },
    reset() {
      store.update({
        question: {
          ask: "Begin again? What you have written is stored, and “Earlier versions” has it.",
          yes: "Begin again",
          act: () => overwrite((place) => channel.call("resetExercise", place), "As at the start."),
        },
      });
    },
    showVersions: () =>
      call(async (place) => {
        const { storedAt } = await channel.call("exerciseVersions", place);
        show({ is: "versions", storedAt });
      }),
    restore: (storedAt) =>
      overwrite((place) => channel.call("restoreExercise", place, storedAt), `As at ${storedAt}.`),
    openRow: (row) =>
      call(async (place) => {
        const [details, { wireView }] = await Promise.all([
          channel.call("exerciseRow", place, row.id),
          import("../wire/wire-element.ts"),
        ]);
        show({ is: "row", row, details, wire: wireView });
      }),
    answer(isYes) {
      const { question } = store.state;
      store.update({ question: undefined });
      if (isYes) question?.act();
    },
    closePanel() {
      const isOpen = store.state.panel !== undefined;
      store.update({ panel: undefined });
      return isOpen;
    },
  };
  return actions;
}

// Keeps an exercise open in a terminal: every save is checked, and keys lead to hints, comparisons and earlier versions.
import path from "node:path";
import { type ExerciseSession, openExerciseSession } from "../../lab/exercises/session.ts";
import { editedFiles, workingFolder } from "../../lab/exercises/working-copy.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import { fittingHint } from "../../model/exercise-hint.ts";
import type { Variant } from "../../model/vocabulary.ts";
import type { Key } from "../lesson/shortcuts.ts";
import { renderTrace } from "../lesson/sequence.ts";
import { renderMarkdown } from "../markdown.ts";
import type { Screen } from "../screen.ts";
import { printable } from "../text.ts";
import { describeCheck } from "./check-words.ts";
import { renderDiff } from "./diff-view.ts";
import { OneSession } from "./one-session.ts";
import type { Leaving, LiveParts } from "./live-parts.ts";
import {
  drawExercise,
  type ExerciseState,
  helpPanel,
  hintPanel,
  type Panel,
} from "./exercise-view.ts";

const PAGE = 10;
/** As many as there are digits. */
const MOST_VERSIONS = 9;

/** An exercise that is open in a terminal. */
export class LiveExercise {
  /** Resolves once the person leaves. */
  readonly ended: Promise<Leaving>;
  readonly #parts: LiveParts;
  readonly #screen: Screen;
  #state: ExerciseState;
  readonly #session = new OneSession();
  #hints = 0;
  #fitting: string | undefined;
  /** What is done if the next key is that one. */
  #answers: Record<string, () => Promise<void>> = {};
  #end: (how: Leaving) => void = () => undefined;
  #isDrawingPlanned = false;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#state = this.#begin(parts.variant);
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#screen = parts.openScreen({
      onKey: (key) => this.#press(key),
      onResize: () => this.#draw(),
    });
    this.#guard(() => this.#open());
  }

  /** Gives the terminal back and stops what runs. */
  async close(how: Leaving = "quit"): Promise<void> {
    this.#screen.close();
    await this.#session.close();
    this.#end(how);
  }

  /** Shows one sentence, until the next key. */
  say(notice: string): void {
    this.#change({ notice });
  }

  #begin(variant: Variant): ExerciseState {
    const { exercise } = this.#parts.found;
    const folder = path.relative(ROOT, workingFolder(exercise, variant));
    const files = editedFiles(exercise, variant).map((file) => path.join(folder, file));
    return {
      exercise,
      variant,
      files,
      check: undefined,
      panel: undefined,
      chosen: -1,
      scroll: 0,
      notice: "",
    };
  }

  #open(): Promise<void> {
    const { found, suite } = this.#parts;
    const { variant } = this.#state;
    return this.#session.replace((isWanted) =>
      openExerciseSession({
        ...found,
        variant,
        suite,
        // The person may have chosen another format meanwhile.
        onCheck: (check) => isWanted() && this.#change({ check }),
        onNotice: (notice) => isWanted() && this.say(notice),
      }),
    );
  }

  // --- Drawing ---

  #change(more: Partial<ExerciseState>): void {
    this.#state = { ...this.#state, ...more };
    if (this.#isDrawingPlanned) return;
    this.#isDrawingPlanned = true;
    setImmediate(() => this.#draw());
  }

  #draw(): void {
    this.#isDrawingPlanned = false;
    const { lines, scroll } = drawExercise(this.#state, this.#screen.size(), this.#parts.paint);
    if (this.#state.panel !== undefined) this.#state = { ...this.#state, scroll };
    this.#screen.draw(lines);
  }

  #show(panel: Panel): void {
    this.#change({ panel, scroll: 0 });
  }

  /** What fails is shown, and the exercise stays open. */
  #guard(work: () => Promise<void>): void {
    work().catch((error: unknown) => this.#change({ notice: (error as Error).message }));
  }

  // --- Keys ---

  #press({ name = "", sequence = "", ctrl }: Key): void {
    if (ctrl && name === "z") return this.#guard(() => this.#suspend());
    if (sequence === "q") return void this.close("back");
    if (ctrl && (name === "c" || name === "d")) return void this.close();
    const answer = this.#answers[sequence];
    this.#answers = {};
    if (this.#state.notice !== "") this.#change({ notice: "" });
    if (answer !== undefined) return this.#guard(answer);
    const press = this.#keys[sequence] ?? this.#keys[name];
    if (press !== undefined && !ctrl) this.#guard(press);
  }

  readonly #keys: Record<string, () => Promise<void>> = {
    h: async () => this.#showHint(),
    d: async () => {
      const { mine } = await this.#opened().differences();
      this.#show((_, paint) => renderDiff(mine, paint));
    },
    s: async () =>
      this.#ask("Show the solution?", async () => {
        const { toSolution } = await this.#opened().differences();
        this.#show((_, paint) => renderDiff(toSolution, paint));
      }),
    x: async () =>
      this.#ask("Begin again? What you have written is stored.", async () => {
        await this.#opened().reset();
        this.#change({ notice: "As at the start; u leads back.", panel: undefined });
      }),
    u: () => this.#showVersions(),
    f: () => this.#flipFormat(),
    r: async () => this.#opened().run(),
    w: async () => {
      const { task } = this.#state.exercise;
      this.#show((width, paint) => renderMarkdown(task, width, paint));
    },
    o: () => this.#parts.openPage(this.#state, (notice) => this.say(notice)),
    "?": async () => this.#show(helpPanel),
    return: async () => this.#showTrace(),
    escape: async () => this.#change({ panel: undefined, scroll: 0 }),
    up: async () => this.#move(-1),
    down: async () => this.#move(1),
    pageup: async () => this.#move(-PAGE),
    pagedown: async () => this.#move(PAGE),
    space: async () => this.#move(PAGE),
  };

  #opened(): ExerciseSession {
    return this.#session.get();
  }

  #ask(question: string, onYes: () => Promise<void>): void {
    this.#answers = { y: onYes };
    this.#change({ notice: `${question} y: yes, any other key: no` });
  }

  #move(lines: number): void {
    const { panel, scroll, chosen } = this.#state;
    if (panel !== undefined) return this.#change({ scroll: Math.max(0, scroll + lines) });
    const last = this.#rows().length - 1;
    this.#change({ chosen: Math.max(0, Math.min(last, chosen + lines)) });
  }

  #rows() {
    const { check } = this.#state;
    if (check === undefined) return [];
    return describeCheck(check, 80, this.#parts.paint).flatMap(({ row }) => row ?? []);
  }

  #showHint(): void {
    const { exercise, check } = this.#state;
    const fitting = fittingHint(exercise, check);
    // One that fits what fails comes first.
    if (fitting === undefined || fitting === this.#fitting)
      this.#hints = Math.min(exercise.hints.length, this.#hints + 1);
    this.#fitting = fitting;
    this.#show(hintPanel(exercise, fitting, this.#hints));
  }

  #showTrace(): void {
    const row = this.#rows()[this.#state.chosen];
    if (row === undefined) return this.#change({ notice: "Choose a row first, with ↑ and ↓." });
    const { cell, sent = [] } = row;
    this.#show((width, paint) => {
      if (cell === undefined) return [row.title, "", ...sent.map(printable)];
      const { trace, client, browser = client, server } = cell;
      return [row.title, "", ...renderTrace(trace, { client: browser, server }, width, paint)];
    });
  }

  async #showVersions(): Promise<void> {
    const versions = await this.#opened().versions(MOST_VERSIONS);
    const bringBack = versions.map((version, at): [string, () => Promise<void>] => [
      String(at + 1),
      async () => {
        await this.#opened().restore(version);
        this.#change({ notice: `As it was at ${version.storedAt}.`, panel: undefined });
      },
    ]);
    this.#answers = Object.fromEntries(bringBack);
    const lines = versions.map(({ storedAt }, at) => `${at + 1}  ${storedAt}`);
    this.#show(() => ["A digit brings a version back:", "", ...lines]);
  }

  async #flipFormat(): Promise<void> {
    const { formats } = this.#state.exercise;
    const next = (formats.indexOf(this.#state.variant) + 1) % formats.length;
    this.#change(this.#begin(formats[next]!));
    await this.#open();
  }

  async #suspend(): Promise<void> {
    this.#screen.suspend();
    await this.#parts.pause();
    this.#screen.resume();
    this.#draw();
    // Its time limits went on while it was stopped.
    if (this.#state.check?.isOver === false) this.#opened().run();
  }
}

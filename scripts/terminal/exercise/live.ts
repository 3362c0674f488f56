// Keeps an exercise open in a terminal: every save is checked, and keys lead to hints, comparisons and earlier versions.
import path from "node:path";
import type { FoundExercise } from "../../lab/exercises/files.ts";
import type { Suite } from "../../lab/exercises/checker.ts";
import { type ExerciseSession, openExerciseSession } from "../../lab/exercises/session.ts";
import { editedFiles, workingFolder } from "../../lab/exercises/working-copy.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";
import type { Key } from "../lesson/keys.ts";
import { renderTrace } from "../lesson/sequence.ts";
import { renderMarkdown } from "../markdown.ts";
import type { Paint } from "../paint.ts";
import type { Screen, ScreenEvents } from "../screen.ts";
import { printable } from "../text.ts";
import { describeCheck } from "./check-words.ts";
import { renderDiff } from "./diff-view.ts";
import { drawExercise, type ExerciseState, helpPanel, type Panel } from "./exercise-view.ts";
import { OneSession } from "./one-session.ts";

export interface LiveParts {
  found: FoundExercise;
  variant: Variant;
  suite: Suite;
  paint: Paint;
  openScreen(events: ScreenEvents): Screen;
  /** Stops this process until it is continued from outside, as Ctrl-Z does. */
  pause(): Promise<void>;
}

const PAGE = 10;
/** As many as there are digits. */
const MOST_VERSIONS = 9;

/** An exercise that is open in a terminal. */
export class LiveExercise {
  /** Resolves once the person quits. */
  readonly ended: Promise<void>;
  readonly #parts: LiveParts;
  readonly #screen: Screen;
  #state: ExerciseState;
  readonly #session = new OneSession();
  #hints = 0;
  /** What is done if the next key is that one. */
  #answers: Record<string, () => Promise<void>> = {};
  #end: () => void = () => undefined;
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
  async close(): Promise<void> {
    this.#screen.close();
    await this.#session.close();
    this.#end();
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
        // Another format may have been asked for meanwhile.
        onCheck: (check) => isWanted() && this.#change({ check }),
        onNotice: (notice) => isWanted() && this.#change({ notice }),
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
    if (sequence === "q" || (ctrl && (name === "c" || name === "d"))) return void this.close();
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
    const { hints } = this.#state.exercise;
    this.#hints = Math.min(hints.length, this.#hints + 1);
    const shown = hints.slice(0, this.#hints).map((hint, at) => `${at + 1}. ${hint}`);
    const more = this.#hints < hints.length ? "h: the next" : "This was the last.";
    this.#show((width, paint) => [...renderMarkdown(shown.join("\n"), width, paint), "", more]);
  }

  #showTrace(): void {
    const row = this.#rows()[this.#state.chosen];
    if (row === undefined) return this.#change({ notice: "Choose a row first, with ↑ and ↓." });
    const { cell, sent = [] } = row;
    this.#show((width, paint) =>
      cell === undefined
        ? [row.title, "", ...sent.map(printable)]
        : [row.title, "", ...renderTrace(cell.trace, cell, width, paint)],
    );
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
    const next = (VARIANTS.indexOf(this.#state.variant) + 1) % VARIANTS.length;
    this.#change(this.#begin(VARIANTS[next]!));
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

// Keeps a lesson open in a terminal: keys change its state, the state is drawn, and the work that it asks for is started.
import path from "node:path";
import { codeFileOf, readCode } from "../../lab/lessons/files.ts";
import { type Cell, runLesson } from "../../lab/lessons/run.ts";
import type { Lesson } from "../../model/lesson.ts";
import type { Attempt } from "../../model/attempt.ts";
import { scoreOf } from "../../model/prediction.ts";
import type { Switches } from "../../model/switches.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import { type Effect, type Key, pressKey } from "./shortcuts.ts";
import type { Leaving } from "../exercise/live-parts.ts";
import type { LiveParts, ReadLesson } from "./live-parts.ts";
import type { Screen } from "../screen.ts";
import {
  askedIn,
  attemptsToRun,
  beginRun,
  codeVariant,
  endRun,
  fillCell,
  nameBrowser,
  type Opening,
  openSession,
  predictedIn,
  type Session,
} from "./session.ts";
import { renderSession } from "./session-view.ts";

/** How often the screen is redrawn while something is under way, to show how long it takes. */
const TICK_MS = 250;

/** A lesson that is open in a terminal. */
export class Live {
  /** Resolves once the person quits. */
  readonly ended: Promise<void>;
  readonly #parts: LiveParts;
  readonly #screen: Screen;
  #session: Session;
  #end: () => void = () => undefined;
  #aborter = new AbortController();
  #isDrawingPlanned = false;

  constructor(parts: LiveParts, lesson: ReadLesson, switches: Switches) {
    this.#parts = parts;
    this.#session = { ...this.#begin(lesson, this.#columns()), switches };
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#screen = parts.openScreen({
      onKey: (key) => this.#press(key),
      onResize: () => this.#draw(),
    });
    this.#start();
    void this.#guard(() => this.#nameBrowser());
  }

  /** Shows a sentence, with the last lines of a variant that died. */
  fail(message: string): void {
    this.#change({ ...this.#session, failure: message });
  }

  /** Shows one sentence below the lesson, until the next one. */
  say(notice: string): void {
    this.#change({ ...this.#session, notice });
  }

  /** The key in the address was used: shows the address with the next one. */
  showAddress(): void {
    this.#change({ ...this.#session, page: this.#addressOf(this.#session.lesson) });
  }

  /** Shows what is open here on the page, in the person's own browser. */
  async openPage(): Promise<void> {
    const { pagePath } = await import("./page-path.ts");
    const { sandbox, openInBrowser } = this.#parts;
    this.say("The page opens in your browser.");
    const address = sandbox.newAddress(pagePath(this.#session));
    await openInBrowser(address, (notice) => this.say(notice));
  }

  /** Gives the terminal back. */
  close(): void {
    this.#aborter.abort();
    this.#screen.close();
    this.#end();
  }

  // --- Drawing ---

  /** Several changes at once are drawn once. */
  #change(session: Session): void {
    this.#session = session;
    if (this.#isDrawingPlanned) return;
    this.#isDrawingPlanned = true;
    setImmediate(() => this.#draw());
  }

  #draw(): void {
    this.#isDrawingPlanned = false;
    const { paint } = this.#parts;
    const size = this.#screen.size();
    const { lines, scroll } = renderSession(this.#session, size, performance.now(), paint);
    this.#session = { ...this.#session, scroll };
    this.#screen.draw(lines);
  }

  // --- Keys ---

  #press(key: Key): void {
    const { session, effect } = pressKey(this.#session, key);
    this.#change(session);
    if (effect !== undefined) this.#do(effect);
    if (session.panel === "code" && session.code === undefined)
      void this.#guard(() => this.#readCode());
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case "run":
        return this.#run(effect.what);
      case "open":
        return void this.#guard(() => this.#open(effect.lesson));
      case "open page":
        return void this.#guard(() => this.openPage());
      case "open exercise":
        return void this.#guard(() => this.#openExercise());
      case "suspend":
        return void this.#guard(() => this.#suspend());
      case "quit":
        return this.close();
    }
  }

  /** What fails is shown, and the lesson stays open. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail((error as Error).message);
    }
  }

  async #suspend(): Promise<void> {
    this.#screen.suspend();
    await this.#parts.pause();
    this.#screen.resume();
    this.#draw();
  }

  async #openExercise(): Promise<void> {
    const { lesson, switches } = this.#session;
    this.#screen.suspend();
    let left: Leaving | undefined;
    try {
      left = await this.#parts.openExercise(lesson.number, switches.variant);
    } finally {
      if (left === "quit") this.close();
      else this.#screen.resume();
    }
    if (left === undefined) this.say("This lesson has no exercise.");
    else this.#draw();
  }

  // --- Running ---

  /** Runs the lesson, unless there is something to ask first. */
  #start(): void {
    if (askedIn(this.#session) === undefined) this.#run();
    else this.#change(this.#session);
  }

  #run(what: "all" | "own" = "all"): void {
    const attempts = attemptsToRun(this.#session, what);
    this.#aborter.abort();
    this.#aborter = new AbortController();
    this.#change(beginRun(this.#session, performance.now(), attempts));
    const { run } = this.#session;
    const tick = setInterval(() => this.#draw(), TICK_MS);
    void this.#runLesson(run, attempts, this.#aborter.signal)
      .catch(({ message }: Error) => this.#change(endRun(this.#session, run, message)))
      .finally(() => clearInterval(tick));
  }

  async #runLesson(run: number, attempts: readonly Attempt[], signal: AbortSignal): Promise<void> {
    const { clients, onFinished } = this.#parts;
    const { lab } = this.#parts.sandbox;
    const { lesson, switches } = this.#session;
    const onCell = (cell: Cell): void => this.#change(fillCell(this.#session, run, cell));
    const cells = await runLesson(lab, lesson, { switches, attempts, clients, onCell, signal });
    this.#change(endRun(this.#session, run));
    if (signal.aborted) return;
    // The person's own attempt does not count as progress.
    const score = scoreOf(predictedIn(this.#session));
    const problem = attempts.length > 1 ? await onFinished(lesson.slug, cells, score) : undefined;
    if (problem !== undefined) this.say(problem);
  }

  // --- Reading ---

  async #open(number: number): Promise<void> {
    const lesson = await this.#parts.readLesson(number).catch((error: unknown) => {
      this.#session = { ...this.#session, wanted: this.#session.lesson.number };
      throw error;
    });
    const { columns, wanted } = this.#session;
    // The person may have asked for another one meanwhile.
    if (wanted !== number) return;
    this.#aborter.abort();
    this.#session = { ...this.#begin(lesson, columns), run: this.#session.run + 1 };
    this.#start();
  }

  #begin(lesson: ReadLesson, columns: Opening["columns"]): Session {
    return openSession({ ...lesson, page: this.#addressOf(lesson.lesson), columns });
  }

  #addressOf({ number }: Lesson): string {
    return this.#parts.sandbox.address(`/lesson/${number}`);
  }

  async #readCode(): Promise<void> {
    const { lesson, part } = this.#session;
    const variant = codeVariant(this.#session);
    const wanted = lesson.code[part]!;
    const source = await readCode(lesson, variant, wanted);
    const weaker = wanted.overlay === undefined ? "" : " (this lesson's weaker form)";
    const title = path.relative(ROOT, codeFileOf(lesson, variant, wanted)) + weaker;
    // The person may have chosen another piece or format meanwhile.
    if (this.#session.part !== part || codeVariant(this.#session) !== variant) return;
    this.#change({ ...this.#session, code: { title, source } });
  }

  #columns(): Opening["columns"] {
    const { clients, nodeName } = this.#parts;
    return clients.map((client) => ({ client, name: client === "node" ? nodeName : "Browser" }));
  }

  async #nameBrowser(): Promise<void> {
    const { clients } = this.#parts;
    const { lab } = this.#parts.sandbox;
    if (!clients.includes("browser")) return;
    const name = await lab.browserName();
    if (name !== undefined) return this.#change(nameBrowser(this.#session, name));
    const notice = (await lab.browserMissing()) ?? "";
    this.#change({ ...nameBrowser(this.#session, "No browser"), notice });
  }
}

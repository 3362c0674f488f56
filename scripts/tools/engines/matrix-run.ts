// Runs the attempts of some lessons in one engine after the other, and keeps what each has seen.
import { type Lab, type LabOptions, openLab } from "../../lab/lab.ts";
import { OverloadedError } from "../../lab/load.ts";
import type { Lesson } from "../../model/lesson.ts";
import { type Cell, runLesson } from "../../lab/lessons/run.ts";
import { type Engine, type EngineName, isEngineFailure, type RunningEngine } from "./engine.ts";
import { labInEngine } from "./lab-in-engine.ts";

/** An engine that has made all attempts. */
export interface EngineRun {
  engine: EngineName;
  /** `Firefox 153` */
  name: string;
  /** Lesson by lesson, and in each in the order of its attempts. */
  lessons: { lesson: Lesson; cells: Cell[] }[];
}

/** One that is not there, or has failed: why, in a sentence. */
export type EngineEnd =
  | EngineRun
  | { engine: EngineName; missing: string }
  | { engine: EngineName; failure: string };

/** What is being done. */
export interface Progress {
  engine: string;
  /** Undefined while the engine starts. */
  lesson: number | undefined;
  done: number;
  total: number;
}

export interface Matrix {
  engines: readonly Engine[];
  lessons: readonly Lesson[];
  /** Ends the engine that runs; no further one is started then. */
  signal: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Called with each engine that is done, or could not be. */
  onEnd?: (end: EngineEnd) => void;
  /** Called when a server ends that nobody stopped. */
  onCrash?: LabOptions["onCrash"];
}

/**
 * Makes all attempts in each engine, with the lessons' own switches. The engines meet the same servers.
 * @throws whatever is no failure of an engine
 */
export async function runMatrix(matrix: Matrix): Promise<EngineEnd[]> {
  const { engines, signal, onEnd, onCrash } = matrix;
  const lab = await openLab(onCrash === undefined ? {} : { onCrash });
  try {
    const ends: EngineEnd[] = [];
    // One after the other: each shall have the machine for itself.
    for (const engine of engines) {
      const end = await runEngine(lab, engine, matrix);
      // What an engine says that was ended is no result.
      signal.throwIfAborted();
      ends.push(end);
      onEnd?.(end);
    }
    return ends;
  } finally {
    await lab.close();
  }
}

async function runEngine(lab: Lab, engine: Engine, matrix: Matrix): Promise<EngineEnd> {
  const { name } = engine;
  const { lessons, signal, onProgress } = matrix;
  try {
    const found = await engine.find(process.env);
    if ("missing" in found) return { engine: name, missing: found.missing };
    onProgress?.({ engine: name, lesson: undefined, done: 0, total: totalOf(lessons) });
    const running = await found.start(signal);
    const seen = await runAndClose(lab, running, matrix);
    return { engine: name, name: running.name, lessons: seen };
  } catch (error) {
    if (!isEngineFailure(error)) throw error;
    return { engine: name, failure: error.message };
  }
}

async function runAndClose(
  lab: Lab,
  running: RunningEngine,
  matrix: Matrix,
): Promise<EngineRun["lessons"]> {
  const { signal } = matrix;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= running.close());
  const abort = (): void => void close();
  signal.addEventListener("abort", abort);
  try {
    return await runLessons(lab, running, matrix);
  } finally {
    signal.removeEventListener("abort", abort);
    await close();
  }
}

async function runLessons(
  lab: Lab,
  running: RunningEngine,
  { lessons, signal, onProgress }: Matrix,
): Promise<EngineRun["lessons"]> {
  const inEngine = labInEngine(lab, running);
  const total = totalOf(lessons);
  const runs: EngineRun["lessons"] = [];
  let done = 0;
  for (const lesson of lessons) {
    signal.throwIfAborted();
    // Where attempts would see each other, a session that an earlier lesson left behind would count too.
    if (lesson.oneAtATime) await lab.restart(lesson.switches);
    const tell = (): void =>
      onProgress?.({ engine: running.name, lesson: lesson.number, done, total });
    tell();
    const onCell = (): void => {
      done += 1;
      tell();
    };
    const cells = await runLesson(inEngine, lesson, { clients: ["browser"], signal, onCell });
    if (cells.some(({ verdict }) => verdict === "too busy")) throw new OverloadedError();
    runs.push({ lesson, cells });
  }
  return runs;
}

function totalOf(lessons: readonly Lesson[]): number {
  return lessons.reduce((sum, { attempts }) => sum + attempts.length, 0);
}

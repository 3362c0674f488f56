// How long a save in an exercise takes until its first row, in each format; beside the same row on a server that was started
// for it, without a process that stood by.
import { EventEmitter, once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { EXERCISE_SUITE } from "../../conformance/exercise-suite.ts";
import { type FoundExercise, readExercise } from "../../lab/exercises/files.ts";
import { runAttempt } from "../../lab/exercises/rows.ts";
import { type ExerciseSession, openExerciseSession } from "../../lab/exercises/session.ts";
import { editedFiles, startFiles } from "../../lab/exercises/working-copy.ts";
import { openLab } from "../../lab/lab.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import type { Check } from "../../model/exercise.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";
import type { Measuring } from "./measuring.ts";
import type { Row } from "./row.ts";

/** From the design: a person still looks at the key that saved. */
const BUDGETS: Record<Variant, Row["budget"]> = {
  cjs: { value: 250 },
  esm: { value: 250 },
  ts: { value: 350 },
};
const EXERCISE = "4";

type News = EventEmitter<{ check: [Check]; standingBy: [] }>;

/** Measures each format. */
export async function measureSaves(measuring: Measuring): Promise<void> {
  const folder = path.join(ROOT, "work", `.benchmark-${process.pid}`);
  process.env["WORK_FOLDER"] = folder;
  const found = await readExercise(EXERCISE);
  try {
    for (const variant of VARIANTS) {
      const row = { label: `save, ${variant}`, unit: "ms" as const, budget: BUDGETS[variant] };
      measuring.onRow({ ...row, ...(await measureFormat(found, variant, measuring)) });
    }
  } finally {
    delete process.env["WORK_FOLDER"];
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureFormat(
  found: FoundExercise,
  variant: Variant,
  { rounds, onProgress }: Measuring,
): Promise<Required<Pick<Row, "values" | "baselines">>> {
  const { exercise, lesson } = found;
  const [name = ""] = editedFiles(exercise, variant);
  const start = (await startFiles(exercise, variant)).get(name)!;
  const news: News = new EventEmitter();
  const switches = { ...lesson.switches, variant, auth: exercise.auth };
  const lab = await openLab({ clients: ["node"] });
  let session: ExerciseSession | undefined;
  const values: number[] = [];
  const baselines: number[] = [];
  try {
    const isReady = once(news, "standingBy");
    session = await openExerciseSession({
      ...found,
      variant,
      suite: EXERCISE_SUITE,
      onCheck: (check) => news.emit("check", check),
      onStandingBy: () => news.emit("standingBy"),
      onNotice: (sentence) => onProgress(sentence),
    });
    await isReady;
    for (let round = 0; round < rounds; round += 1) {
      const standingBy = once(news, "standingBy");
      const startedMs = performance.now();
      await writeFile(path.join(session.folder, name), `${start}// ${round}\n`);
      await firstRow(news);
      values.push(performance.now() - startedMs);
      await standingBy;
      await lab.restart({ ...switches, serverTransports: ["polling", "websocket"] });
      const respawnedMs = performance.now();
      await runAttempt(lab, lesson, exercise.rows[0]!, switches);
      baselines.push(performance.now() - respawnedMs);
      onProgress(`${variant}, ${round + 1} of ${rounds}`);
    }
    return { values, baselines };
  } finally {
    await Promise.all([session?.close(), lab.close()]);
  }
}

async function firstRow(news: News): Promise<void> {
  let isThere = false;
  while (!isThere) {
    const [{ rows }] = (await once(news, "check")) as [Check];
    isThere = rows.some(({ result }) => result !== "waits");
  }
}

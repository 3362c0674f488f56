// `npm run browsers`: the lessons' attempts in each browser engine of this machine, and where these differ.
import { writeFile } from "node:fs/promises";
import {
  BROWSERS_HELP,
  type BrowsersOptions,
  readBrowsersOptions,
} from "./tools/engines/options.ts";
import { ENGINES } from "./tools/engines/engines.ts";
import { compareRuns, hasFailed, sumUp } from "./tools/engines/matrix-compare.ts";
import { describeResults } from "./tools/engines/matrix-json.ts";
import { type EngineEnd, type Progress, runMatrix } from "./tools/engines/matrix-run.ts";
import type { Lesson } from "./model/lesson.ts";
import { ArgumentsError } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { renderEngines, renderProgress, renderSum } from "./terminal/engines-view.ts";
import { findLesson } from "./terminal/lesson/find-lesson.ts";
import { lookOf } from "./terminal/paint.ts";
import { remarkOnProgress } from "./terminal/lesson/progress-remarks.ts";
import { wrap } from "./terminal/text.ts";
import { describeCrash } from "./lab/servers/crash.ts";

const look = lookOf();
const { width } = look;
const print = (line: string): void => console.log(line);
const remark = (line: string): void => console.error(line);

const abort = new AbortController();
let running: Promise<unknown> = Promise.resolve();
const ending = endInGoodOrder(async () => {
  abort.abort();
  // However it ends: it was told to stop, and closes what it has opened.
  await Promise.allSettled([running]);
});

async function main(options: BrowsersOptions): Promise<void> {
  const { engines, isNamed, jsonFile } = options;
  const lessons = await Promise.all(options.lessons.map(findLesson));
  const ends = await runAndTell(engines, lessons);
  const runs = ends.filter((end) => "lessons" in end);
  const compared = compareRuns(runs);
  const sum = sumUp(compared, runs.length);
  if (runs.length > 0) {
    const names = runs.map(({ name }) => name);
    const lines = [...renderEngines(compared, names, look), "", ...wrap(renderSum(sum), width)];
    for (const line of lines) print(line);
  }
  if (jsonFile !== undefined) await writeJson(jsonFile, describeResults(ends, compared, sum));
  if (hasFailed(ends, sum, isNamed)) process.exitCode = 1;
}

async function runAndTell(
  names: BrowsersOptions["engines"],
  lessons: Lesson[],
): Promise<EngineEnd[]> {
  const engines = ENGINES.filter(({ name }) => names.includes(name));
  let progress: Progress | undefined;
  const stop = remarkOnProgress(() => progress && remark(renderProgress(progress)));
  const { signal } = abort;
  const matrix = runMatrix({
    engines,
    lessons,
    signal,
    onProgress: (news) => (progress = news),
    onEnd: tellOfEnd,
    onCrash: (crash) => tellOfCrash(describeCrash(crash)),
  });
  running = matrix;
  try {
    return await matrix;
  } finally {
    stop();
  }
}

function tellOfEnd(end: EngineEnd): void {
  if ("missing" in end)
    for (const line of wrap(`${end.engine}: ${end.missing}`, width)) print(line);
  if ("failure" in end && !ending.hasBegun()) remark(`${end.engine}: ${end.failure}`);
}

function tellOfCrash(message: string): void {
  if (ending.hasBegun()) return;
  process.exitCode = 1;
  remark(message);
}

async function writeJson(file: string, document: unknown): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(document, undefined, 2)}\n`);
  } catch (error) {
    throw new ArgumentsError(`--json ${file} cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

await runCommand(async () => {
  const options = readBrowsersOptions(process.argv.slice(2), process.env);
  if (options === undefined) print(BROWSERS_HELP);
  else await main(options);
}, ending);

// `npm run browsers`: the lessons' attempts in one browser after the other, and where these differ.
import { writeFile } from "node:fs/promises";
import {
  BROWSERS_HELP,
  type BrowsersOptions,
  readBrowsersOptions,
} from "./tools/browsers/options.ts";
import { compareRuns, hasFailed, sumUp } from "./tools/browsers/compare-runs.ts";
import { describeResults } from "./tools/browsers/results-json.ts";
import { type BrowserEnd, runBrowsers } from "./tools/browsers/run-browsers.ts";
import type { Progress } from "./tools/browsers/watched-run.ts";
import type { Lesson } from "./model/lesson.ts";
import { ArgumentsError, explainPort } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { renderBrowsers, renderProgress, renderSum } from "./tools/browsers/browsers-view.ts";
import { findLesson } from "./terminal/lesson/find-lesson.ts";
import { lookOf } from "./terminal/paint.ts";
import { remarkOnProgress } from "./terminal/lesson/progress-remarks.ts";
import { wrap } from "./terminal/text.ts";
import { readLessons } from "./lab/lessons/files.ts";
import { describeCrash } from "./lab/servers/crash.ts";

const look = lookOf();
const { width } = look;
const print = (line: string): void => console.log(line);
const remark = (line: string): void => console.error(line);

const abort = new AbortController();
let running: Promise<unknown> = Promise.resolve();
const ending = endInGoodOrder(async () => {
  abort.abort();
  // However it ends, it was asked to stop and closes what it has opened.
  await Promise.allSettled([running]);
});

async function main(options: BrowsersOptions): Promise<void> {
  const { isNamed, jsonFile } = options;
  const typed = options.lessons.map(findLesson);
  const lessons = typed.length > 0 ? await Promise.all(typed) : await readLessons();
  const ends = await runAndTell(options, lessons);
  const runs = ends.filter((end) => "lessons" in end);
  const compared = compareRuns(runs);
  const sum = sumUp(compared, runs.length);
  if (runs.length > 0) {
    const names = runs.map(({ name }) => name);
    const lines = [...renderBrowsers(compared, names, look), "", ...wrap(renderSum(sum), width)];
    for (const line of lines) print(line);
  }
  if (jsonFile !== undefined) await writeJson(jsonFile, describeResults(ends, compared, sum));
  if (hasFailed(ends, sum, isNamed)) process.exitCode = 1;
}

async function runAndTell(options: BrowsersOptions, lessons: Lesson[]): Promise<BrowserEnd[]> {
  let progress: Progress | undefined;
  const stop = remarkOnProgress(() => progress && remark(renderProgress(progress)));
  const ends = runBrowsers({
    ...options,
    lessons,
    signal: abort.signal,
    onAddress: (address) => remark(`Open this in the browser that is to run: ${address}`),
    onProgress: (news) => (progress = news),
    onEnd(end) {
      progress = undefined;
      tellOfEnd(end);
    },
    onCrash: (crash) => tellOfMistake(describeCrash(crash)),
    onMistake: tellOfMistake,
  });
  running = ends;
  try {
    return await ends;
  } catch (error) {
    throw explainPort(error, options.port);
  } finally {
    stop();
  }
}

function tellOfEnd(end: BrowserEnd): void {
  if ("missing" in end)
    for (const line of wrap(`${end.wanted}: ${end.missing}`, width)) print(line);
  if ("failure" in end && !ending.hasBegun()) remark(`${end.wanted}: ${end.failure}`);
}

function tellOfMistake(mistake: unknown): void {
  if (ending.hasBegun()) return;
  process.exitCode = 1;
  console.error(mistake);
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

// `npm run conformance`: the conformance cases on the servers of this project, or on any other.
import { open, writeFile } from "node:fs/promises";
import { type Case, isWanted } from "../test/conformance/case.ts";
import { cases } from "../test/conformance/cases.ts";
import type { Target } from "../test/conformance/target.ts";
import {
  CONFORMANCE_HELP,
  type ConformanceOptions,
  readConformanceOptions,
} from "./lab/conformance/options.ts";
import { isAllPassed, renderReports, type TableGroup } from "./lab/conformance/report.ts";
import {
  casesFor,
  checkReachable,
  inLanes,
  type Report,
  runSubject,
  runTarget,
} from "./lab/conformance/run.ts";
import { buildWhatIsRun, listSubjects, type Subject } from "./lab/conformance/subjects.ts";
import { ArgumentsError } from "./lab/command/arguments.ts";
import { runCommand } from "./lab/command/run-command.ts";
import { endInGoodOrder } from "./lab/command/ending.ts";
import { choosePaint } from "./lab/terminal/paint.ts";
import { remarkOnProgress } from "./lab/terminal/progress-remarks.ts";

const NARROW = 80;
const AT_ONCE = 3;

function chooseCases(only: readonly string[]): Case[] {
  const unknown = only.find((word) => !cases.some((testCase) => isWanted(testCase, [word])));
  if (unknown !== undefined)
    throw new ArgumentsError(
      `No case is in "${unknown}": --only takes a group, or the beginning of a case's id.`,
    );
  return cases.filter((testCase) => isWanted(testCase, only));
}

/** How many cases there are to run, and are through. */
interface Progress {
  done: number;
  total: number;
}

async function runOwn(
  options: ConformanceOptions,
  chosen: Case[],
  progress: Progress,
): Promise<TableGroup[]> {
  const { variants, auths, timeoutMs } = options;
  const subjects = listSubjects().filter(
    ({ variant, auth }) => variants.includes(variant) && auths.includes(auth),
  );
  for (const subject of subjects) progress.total += casesFor(subject, chosen).length;
  await buildWhatIsRun(subjects);
  const reports = await inLanes(subjects, AT_ONCE, (subject) =>
    runSubject(subject, chosen, { timeoutMs, onCase: () => (progress.done += 1) }),
  );
  return tablesOf(subjects, reports);
}

function tablesOf(subjects: readonly Subject[], reports: readonly Report[]): TableGroup[] {
  const columns = subjects.flatMap((subject, at) => {
    const report = reports[at];
    const transports = subject.transports?.join();
    const title = transports === undefined ? subject.variant : `${transports} only`;
    const name = transports === undefined ? subject.auth : `${subject.variant} ${subject.auth}`;
    return report === undefined || report.results.length === 0
      ? []
      : [{ table: title, title: name, report }];
  });
  const titles = [...new Set(columns.map(({ table }) => table))];
  return titles.map((title) => ({
    title,
    columns: columns.filter(({ table }) => table === title),
  }));
}

async function runOther(
  target: Target,
  options: ConformanceOptions,
  chosen: Case[],
  progress: Progress,
): Promise<TableGroup[]> {
  progress.total = chosen.length;
  await checkReachable(target, options.timeoutMs);
  const report = await runTarget({
    name: target.url,
    target,
    cases: chosen,
    timeoutMs: options.timeoutMs,
    onCase: () => (progress.done += 1),
    // Nobody here can start it again, but a watcher may have done so.
    revive: () =>
      checkReachable(target, options.timeoutMs).then(
        () => target,
        () => undefined,
      ),
  });
  return [{ title: "", columns: [{ title: target.url, report }] }];
}

async function main(): Promise<void> {
  const options = await readConformanceOptions(process.argv.slice(2), process.env);
  if (options === undefined) return console.log(CONFORMANCE_HELP);
  const chosen = chooseCases(options.only);
  if (options.jsonFile !== undefined) await checkWritable(options.jsonFile);
  const tables = await runAndRemark(options, chosen);
  const reports = tables.flatMap(({ columns }) => columns.map(({ report }) => report));
  if (!reports.some(hasRun))
    throw new ArgumentsError(
      "None of the chosen cases is for one of the chosen servers: npm run conformance -- --help says what there is.",
    );
  const look = {
    paint: choosePaint(process.stdout, process.env),
    width: process.stdout.columns ?? NARROW,
  };
  console.log(renderReports(tables, look).join("\n"));
  if (options.jsonFile !== undefined)
    await writeFile(options.jsonFile, `${JSON.stringify(reports, undefined, 2)}\n`);
  if (!isAllPassed(reports)) process.exitCode = 1;
}

/** Runs the cases, and says how far it is whenever that takes its time. */
async function runAndRemark(options: ConformanceOptions, chosen: Case[]): Promise<TableGroup[]> {
  const progress: Progress = { done: 0, total: 0 };
  const stop = remarkOnProgress(() =>
    console.error(`… ${progress.done} of ${progress.total} cases`),
  );
  try {
    return await (options.target === undefined
      ? runOwn(options, chosen, progress)
      : runOther(options.target, options, chosen, progress));
  } finally {
    stop();
  }
}

function hasRun({ results }: Report): boolean {
  return results.some(({ result }) => result !== "not claimed");
}

/** Before the run: its results shall not be lost at its end. */
async function checkWritable(file: string): Promise<void> {
  try {
    await (await open(file, "a")).close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ArgumentsError(`--json: ${file} cannot be written (${code}).`);
  }
}

// What was started ends with this process.
const ending = endInGoodOrder(() => Promise.resolve());
await runCommand(main, ending);

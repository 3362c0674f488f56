// `npm run conformance`: the conformance cases on the servers of this project, or on any other.
import { open, rm, writeFile } from "node:fs/promises";
import { type Case, isWanted } from "../test/conformance/case.ts";
import { cases } from "../test/conformance/cases.ts";
import {
  CONFORMANCE_HELP,
  type ConformanceOptions,
  readConformanceOptions,
} from "./conformance/options.ts";
import { isAllPassed, renderReports, type TableGroup } from "./conformance/report.ts";
import { type Progress, runChosen } from "./conformance/run-chosen.ts";
import { ArgumentsError } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { lookOf } from "./terminal/paint.ts";
import { remarkOnProgress } from "./terminal/lesson/progress-remarks.ts";

/** @throws ArgumentsError (code BAD_ARGUMENTS) if no case is in one of the words */
function chooseCases({ only, skip }: ConformanceOptions): { chosen: Case[]; leftOut: number } {
  for (const [flag, words] of Object.entries({ only, skip }))
    for (const word of words) refuseUnknown(flag, word);
  const wanted = cases.filter((testCase) => isWanted(testCase, only));
  const chosen = wanted.filter((testCase) => skip.length === 0 || !isWanted(testCase, skip));
  return { chosen, leftOut: wanted.length - chosen.length };
}

function refuseUnknown(flag: string, word: string): void {
  if (cases.some((testCase) => isWanted(testCase, [word]))) return;
  throw new ArgumentsError(
    `No case is in "${word}": --${flag} takes a group, or the beginning of a case's id.`,
  );
}

async function main(): Promise<void> {
  const options = await readConformanceOptions(process.argv.slice(2), process.env);
  if (options === undefined) return console.log(CONFORMANCE_HELP);
  const { chosen, leftOut } = chooseCases(options);
  if (options.jsonFile !== undefined) await checkWritable(options.jsonFile);
  const tables = await runAndRemark(options, chosen);
  const reports = tables.flatMap(({ columns }) => columns.map(({ report }) => report));
  const look = {
    ...lookOf(),
    leftOut,
    isOther: options.target !== undefined,
  };
  console.log(renderReports(tables, look).join("\n"));
  if (options.jsonFile !== undefined)
    await writeFile(options.jsonFile, `${JSON.stringify(reports, undefined, 2)}\n`);
  if (!isAllPassed(reports)) process.exitCode = 1;
}

/** Runs the cases, and says how far it is whenever that takes its time. */
async function runAndRemark(options: ConformanceOptions, chosen: Case[]): Promise<TableGroup[]> {
  const progress: Progress = { done: 0, total: 0 };
  const stop = remarkOnProgress(() => {
    const { done, total } = progress;
    if (total > 0) console.error(`… ${done} of ${total} cases`);
  });
  try {
    return await runChosen(options, chosen, progress);
  } finally {
    stop();
  }
}

/** Before the run: its results shall not be lost at its end. */
async function checkWritable(file: string): Promise<void> {
  try {
    const handle = await open(file, "a");
    const stat = await handle.stat();
    await handle.close();
    // What could not be filled after all would be no JSON.
    if (stat.isFile() && stat.size === 0) await rm(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ArgumentsError(`--json: ${file} cannot be written (${code}).`);
  }
}

// What was started ends with this process.
const ending = endInGoodOrder(() => Promise.resolve());
await runCommand(main, ending);

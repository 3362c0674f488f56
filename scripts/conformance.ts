// `npm run conformance`: the conformance cases on the servers of this project, or on any other.
import { type Case, isWanted } from "../test/conformance/case.ts";
import { cases } from "../test/conformance/cases.ts";
import {
  CONFORMANCE_HELP,
  type ConformanceOptions,
  readConformanceOptions,
} from "./conformance/options.ts";
import { exitCodeOf, renderReports, type TableGroup } from "./conformance/report.ts";
import { checkWritable, writeResults } from "./conformance/result-files.ts";
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
  await checkWritable(options.files);
  const tables = await runAndRemark(options, chosen);
  const reports = tables.flatMap(({ columns }) => columns.map(({ report }) => report));
  const look = {
    ...lookOf(),
    leftOut,
    isOther: options.target !== undefined,
  };
  console.log(renderReports(tables, look).join("\n"));
  await writeResults(options.files, reports);
  process.exitCode = exitCodeOf(reports);
}

/** Runs the cases, and says how far it is whenever that takes its time. */
async function runAndRemark(options: ConformanceOptions, chosen: Case[]): Promise<TableGroup[]> {
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

const progress: Progress = { done: 0, total: 0, stop: () => Promise.resolve() };
// What was started ends with this process.
const ending = endInGoodOrder(() => progress.stop());
await runCommand(main, ending);

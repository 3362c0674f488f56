// `npm run faults`: plants faults in copies of a variant, and shows which conformance cases notice each.
import { cases } from "../test/conformance/cases.ts";
import { inLanes } from "./model/gate.ts";
import type { Fault } from "./tools/faults/fault.ts";
import { FAULTS } from "./tools/faults/faults.ts";
import { openFaultHosts } from "./tools/faults/hosts.ts";
import { type FaultReport, runFault } from "./tools/faults/run.ts";
import { ArgumentsError, readArguments } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { type Look, lookOf } from "./terminal/paint.ts";
import { wrap } from "./terminal/text.ts";

const HELP = `Usage: npm run faults [FAULT…]

Plants ${FAULTS.length} faults, one at a time, in copies of the CommonJS variant, runs all
conformance cases on each and shows which of them notice it. A fault that goes
unnoticed, or is missed by a case that should see it, makes the command fail.

  FAULT         the id of a fault, or the beginning of one (all)
  -h, --help    this text`;

const AT_ONCE = 3;
const SHOWN_CASES = 6;

function chooseFaults(words: readonly string[]): Fault[] {
  const unknown = words.find((word) => !FAULTS.some(({ id }) => id.startsWith(word)));
  if (unknown !== undefined)
    throw new ArgumentsError(
      `No fault begins with "${unknown}": the ids are in scripts/tools/faults/; without one, all are planted.`,
    );
  return FAULTS.filter(({ id }) => words.length === 0 || words.some((word) => id.startsWith(word)));
}

function isNoticed({ caught, missed }: FaultReport): boolean {
  return caught.length > 0 && missed.length === 0;
}

function render(report: FaultReport, { paint, width }: Look): string[] {
  const { fault, caught, missed, durationMs } = report;
  const sign = isNoticed(report) ? paint("good", "✓") : paint("bad", "✗");
  const time = `${(durationMs / 1000).toFixed(1)} s`;
  const ids = caught
    .slice(0, SHOWN_CASES)
    .map(({ id }) => id)
    .join(", ");
  const more = caught.length > SHOWN_CASES ? ` and ${caught.length - SHOWN_CASES} more` : "";
  const words = caught.length === 0 ? "No case notices it." : `Noticed by ${ids}${more}.`;
  return [
    `${sign} ${paint("strong", fault.id)}  ${paint("quiet", `${fault.auth}, ${time}`)}`,
    ...[fault.sentence, words].flatMap((line) => wrap(line, width - 2)).map((line) => `  ${line}`),
    ...(missed.length > 0
      ? wrap(`Missed by ${missed.join(", ")}.`, width - 2).map((line) => `  ${paint("bad", line)}`)
      : []),
  ];
}

// Starts nothing yet.
const hosts = openFaultHosts();
const ending = endInGoodOrder(() => hosts.close());

async function runFaults(
  faults: readonly Fault[],
  onReport: (report: FaultReport) => void,
): Promise<FaultReport[]> {
  try {
    return await inLanes(faults, AT_ONCE, async (fault) => {
      const report = await hosts.use((start) => runFault(fault, cases, start));
      onReport(report);
      return report;
    });
  } finally {
    await hosts.close();
  }
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments("npm run faults", {});
  if (values.help) return console.log(HELP);
  const look = lookOf();
  const reports = await runFaults(chooseFaults(positionals), (report) =>
    console.log(render(report, look).join("\n")),
  );
  const noticed = reports.filter(isNoticed).length;
  console.log(`\n${noticed} of ${reports.length} faults noticed`);
  if (noticed < reports.length) process.exitCode = 1;
}

await runCommand(main, ending);

// `npm run strangers`: has the suite judge servers of other stacks, and compares its findings with what is known about them.
import { ArgumentsError, readArguments } from "./command/arguments.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { runCommand } from "./command/run-command.ts";
import type { Progress } from "./conformance/run-chosen.ts";
import { type Look, lookOf } from "./terminal/paint.ts";
import { remarkOnProgress } from "./terminal/lesson/progress-remarks.ts";
import { wrap } from "./terminal/text.ts";
import { cacheFolder, install, SkipError } from "./tools/strangers/install.ts";
import { advisoryIn, judge, type Judgement } from "./tools/strangers/judge.ts";
import { type Stranger, STRANGERS } from "./tools/strangers/strangers.ts";

const HELP = `Usage: npm run strangers [STRANGER…]

Has the conformance suite judge servers of other stacks, each with the faults
that its authors left in it: the suite must name all of them, and nothing else.
Packages come from the npm registry into a folder of their own, outside the
project (${cacheFolder()}; STRANGERS_CACHE names another);
python3-socketio is Debian's. A server that cannot be installed is skipped.

  STRANGER      the id of one, or the beginning of one (all):
${STRANGERS.map(({ id, what }) => `                  ${id.padEnd(23)}${what}`).join("\n")}
  -h, --help    this text

The exit code is 0 if the suite is right about all, 1 if it is not about one,
and 2 if none could be tried.`;

function chooseStrangers(words: readonly string[]): Stranger[] {
  const unknown = words.find((word) => !STRANGERS.some(({ id }) => id.startsWith(word)));
  if (unknown !== undefined)
    throw new ArgumentsError(
      `There is no stranger "${unknown}": there are ${STRANGERS.map(({ id }) => id).join(", ")}.`,
    );
  return STRANGERS.filter(
    ({ id }) => words.length === 0 || words.some((word) => id.startsWith(word)),
  );
}

function render({ report, own, library, wrong }: Judgement, { paint, width }: Look): string[] {
  const indent = (line: string): string[] => wrap(line, width - 2).map((each) => `  ${each}`);
  const names = own.map(({ first }) => first.id).join(", ");
  const ofLibrary = library.map(({ advisory, first }) => advisoryIn(advisory) ?? first.id);
  return [
    ...(report.sight ?? []).flatMap(indent),
    ...indent(names === "" ? "It finds nothing." : `It finds ${names}.`),
    ...(ofLibrary.length > 0 ? indent(`Of the library: ${ofLibrary.join(", ")}.`) : []),
    ...wrong.flatMap((line) => indent(line).map((each) => paint("bad", each))),
  ];
}

/** @returns whether the suite is right; undefined if it could not be tried */
async function tryOne(stranger: Stranger, look: Look): Promise<boolean | undefined> {
  const { paint, width } = look;
  const { id, what } = stranger;
  const startedMs = performance.now();
  Object.assign(progress, { done: 0, total: 0 });
  const stop = remarkOnProgress(() => console.error(whereIs(id)));
  try {
    const installed = await install(stranger);
    const judgement = await judge(stranger, installed, progress);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    const sign = judgement.wrong.length === 0 ? paint("good", "✓") : paint("bad", "✗");
    const made = `${what} (${installed.versions.join(", ")}), ${seconds} s`;
    console.log(`${sign} ${paint("strong", id)}  ${paint("quiet", made)}`);
    console.log(render(judgement, look).join("\n"));
    return judgement.wrong.length === 0;
  } catch (error) {
    if (!(error instanceof SkipError)) throw error;
    console.log(wrap(`– ${id}  skipped: ${error.message}`, width).join("\n"));
    return undefined;
  } finally {
    stop();
  }
}

function whereIs(id: string): string {
  const { done, total } = progress;
  return total === 0 ? `… ${id}: installing` : `… ${id}: ${done} of ${total} cases`;
}

const progress: Progress = { done: 0, total: 0, stop: () => Promise.resolve() };
const ending = endInGoodOrder(() => progress.stop());

async function main(): Promise<void> {
  const { values, positionals } = readArguments("npm run strangers", {});
  if (values.help) return console.log(HELP);
  const look = lookOf();
  const results: (boolean | undefined)[] = [];
  for (const stranger of chooseStrangers(positionals)) results.push(await tryOne(stranger, look));
  const right = results.filter((one) => one === true).length;
  const skipped = results.filter((one) => one === undefined).length;
  const tried = results.length - skipped;
  console.log(
    `\nright about ${right} of ${tried} servers${skipped > 0 ? `, ${skipped} skipped` : ""}`,
  );
  if (right < tried) process.exitCode = 1;
  else if (tried === 0) process.exitCode = 2;
}

await runCommand(main, ending);

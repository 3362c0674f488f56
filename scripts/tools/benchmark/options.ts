// Reads what `npm run benchmark` is asked to measure.
import { ArgumentsError, readFlags } from "../../command/arguments.ts";
import { PARTS } from "./parts.ts";

export const BENCHMARK_HELP = `Usage: npm run benchmark [-- --only flip,page --rounds 7]

Measures what the project promises. Each line is a median beside a baseline of
the same run, with the smallest and the largest ratio, and the budget: machines
differ, ratios less so. Nothing fails: what is above its budget says "over".

${Object.entries(PARTS)
  .map(([name, { title, isLong }]) => `  ${name.padEnd(11)}  ${title}${isLong ? " (long)" : ""}`)
  .join("\n")}

  --only NAMES     these parts, with commas between them
                   (default: all but the long ones)
  --all            the long ones as well
  --rounds N       how often each thing is measured (default 7)
  --handshakes N   handshakes in one measurement of CPU time (default 400)
  --help           this text`;

export interface BenchmarkOptions {
  /** Names of parts, in their order. */
  parts: string[];
  rounds: number;
  handshakes: number;
}

const MOST = 10_000;

const FLAGS = {
  only: { type: "string" },
  all: { type: "boolean", default: false },
  rounds: { type: "string", default: "7" },
  handshakes: { type: "string", default: "400" },
} as const;

/**
 * @returns undefined if help is asked for
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export function readBenchmarkOptions(
  args: string[],
  env: NodeJS.ProcessEnv,
): BenchmarkOptions | undefined {
  const values = readFlags("npm run benchmark", FLAGS, { args, env });
  if (values.help) return undefined;
  const rounds = readCount("rounds", values.rounds);
  const handshakes = readCount("handshakes", values.handshakes);
  return { parts: readParts(values.only, values.all), rounds, handshakes };
}

function readParts(only: string | undefined, isAll: boolean): string[] {
  const names = Object.keys(PARTS);
  if (only === undefined) return names.filter((name) => isAll || !PARTS[name]!.isLong);
  const wanted = only.split(",").map((name) => name.trim());
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new ArgumentsError(`--only must name some of ${names.join(", ")}, got "${unknown}".`);
  return names.filter((name) => wanted.includes(name));
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MOST)
    throw new ArgumentsError(`--${name} must be a whole number from 1 to ${MOST}, got "${text}".`);
  return count;
}

// `npm run compare`: the three variants side by side, differences marked and explained.
import { parseArgs } from "node:util";
import { compareFile, listFiles, UnknownFileError } from "./lab/compare/compare.ts";
import { renderSummary } from "./lab/terminal/compare-summary.ts";
import { renderComparison } from "./lab/terminal/compare-view.ts";
import { endInGoodOrder } from "./lab/terminal/ending.ts";
import { choosePaint } from "./lab/terminal/paint.ts";

const HELP = `npm run compare            which files the variants have, and how many lines differ
npm run compare tokens     that file in CommonJS, as ES module and in TypeScript, line by line

Three columns in a terminal of 150 columns or more, else the differing lines above each other.
Every difference has a sign, and each sign a sentence below.`;

const NARROW = 80;

async function main(): Promise<string[]> {
  const { values, positionals } = parseArgs({
    options: { help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });
  if (values.help) return [HELP];
  const width = process.stdout.columns ?? NARROW;
  const paint = choosePaint(process.stdout, process.env);
  if (positionals.length === 0) {
    const files = await Promise.all((await listFiles()).map(compareFile));
    return renderSummary(files, width, paint);
  }
  const compared = await Promise.all(positionals.map(compareFile));
  return compared.flatMap((file, index) => [
    ...(index > 0 ? [""] : []),
    ...renderComparison(file, width, paint),
  ]);
}

/** A mistake of the person who typed the command; anything else is a bug and keeps its stack. */
function isMistake(error: unknown): error is Error {
  if (error instanceof UnknownFileError) return true;
  return (
    error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")
  );
}

// For a reader that goes early (`| head`).
endInGoodOrder(() => Promise.resolve());
try {
  console.log((await main()).join("\n"));
} catch (error) {
  if (!isMistake(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

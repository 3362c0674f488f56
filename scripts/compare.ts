// `npm run compare`: the three variants side by side, differences marked and explained.
import { readArguments } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { compareFile, listFiles } from "./lab/compare/compare.ts";
import { renderSummary } from "./terminal/compare-summary.ts";
import { renderComparison } from "./terminal/compare-view.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { lookOf } from "./terminal/paint.ts";

const HELP = `npm run compare            the files of the variants, and how many lines differ
npm run compare tokens     one file in CommonJS, as ES module and in TypeScript,
                           line by line; more names, more files
  -h, --help               this text

Three columns in a terminal of 150 columns or more, else the differing lines
above each other. Every difference has a sign, and each sign is explained below.`;

async function compare(): Promise<string[]> {
  const { values, positionals } = readArguments("npm run compare", {});
  if (values.help) return [HELP];
  const { width, paint } = lookOf();
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

// For a reader that goes early (`| head`).
endInGoodOrder(() => Promise.resolve());
await runCommand(async () => console.log((await compare()).join("\n")));

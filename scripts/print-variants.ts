// `npm run print`: prints from the TypeScript variant the other two, the weaker forms of lessons and the starts of exercises.
import { readFlags } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { explain, findDifferences, writePrinted } from "./tools/print-variants/print-variants.ts";

const HELP = `Usage: npm run print

Prints variants/cjs and variants/esm from variants/ts: takes the types out and
writes the module syntax of the format. Then it prints the weaker forms of
lessons and the starts of exercises, which are declared as changes of it. So
edit variants/ts alone: what you edit in the other two is overwritten. A comment
that begins with "CommonJS:", "ES modules:" or "TypeScript:" goes to that format
alone.

  -h, --help   this text`;

await runCommand(async () => {
  if (readFlags("npm run print", {}).help) return console.log(HELP);
  const differences = await findDifferences();
  const written = await writePrinted(differences);
  for (const file of written) console.log(`printed ${file}`);
  if (differences.length === 0) console.log("Nothing has changed.");
  const strays = differences.filter(({ writtenIn }) => writtenIn === undefined);
  for (const stray of strays) console.error(explain(stray));
  if (strays.length > 0) process.exitCode = 1;
});

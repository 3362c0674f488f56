// `npm install` runs this at its end: it bundles the commands, so that they start quickly and write nothing when they run.
// Where only package.json is there yet, as when the image of a container is built, package.json leaves it out.
import { readFlags } from "./command/arguments.ts";
import { bundleCommands } from "./command/bundle.ts";
import { runCommand } from "./command/run-command.ts";

const HELP = `Usage: npm run prepare

Bundles the commands into dist/commands, as npm install does at its end. Without
these bundles, and after a change of the sources, a command starts more slowly.

  -h, --help   this text`;

await runCommand(async () => {
  if (readFlags("npm run prepare", {}).help) return console.log(HELP);
  const problem = await bundleCommands();
  // An installation is none the worse for it.
  if (problem !== undefined) console.error(problem);
});

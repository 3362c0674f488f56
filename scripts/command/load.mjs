// Loads a command: the bundle that `npm install` made, if its sources are unchanged, or else the sources.
// To let tsx read more than a hundred files takes longer than the first server of a lesson takes to answer.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { freshBundle } from "./fresh-bundle.mjs";

/** @param {string} name of a file in `scripts/`, without its extension */
export async function loadCommand(name) {
  const source = path.resolve(import.meta.dirname, "..", `${name}.ts`);
  // The command finds its own arguments where it would find them if Node had started it.
  process.argv.splice(1, 2, source);
  // A stack names the lines of the sources.
  process.setSourceMapsEnabled(true);
  const bundle = freshBundle(name);
  if (bundle === undefined) (await import("tsx/esm/api")).register();
  await import(pathToFileURL(bundle ?? source).href);
}

// Runs a command of this project: `node scripts/run.mjs lesson 3` is `scripts/lesson.ts` with the argument 3.
// JavaScript, since all else here is TypeScript that Node 20 cannot read by itself: see `command/bundle.mjs`.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { commandBundle } from "./command/bundle.mjs";

const [, , name] = process.argv;
const file = path.join(import.meta.dirname, `${name}.ts`);
// The command finds its own arguments where it would find them if Node had started it.
process.argv.splice(1, 2, file);
// A stack names the lines of the sources.
process.setSourceMapsEnabled(true);
await import(pathToFileURL(await commandBundle(file)).href);

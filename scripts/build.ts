// `npm run build`: builds the TypeScript variant as ES modules and as CommonJS.
import path from "node:path";
import { parseArgs } from "node:util";
import { buildVariants } from "./lab/build.ts";
import { ROOT } from "./lab/variants.ts";

const HELP = `Usage: npm run build

Builds variants/ts with esbuild, file by file, into dist/cjs (CommonJS) and
dist/esm (ES modules). Start a build with:

  node dist/cjs/start.cjs
  node dist/esm/start.mjs

  -h, --help   this text`;

function readArguments(): { help?: boolean } {
  try {
    return parseArgs({ options: { help: { type: "boolean", short: "h" } } }).values;
  } catch {
    throw new Error("npm run build takes no arguments; npm run build -- --help says what it does.");
  }
}

async function build(): Promise<string> {
  const startedMs = performance.now();
  const folders = await buildVariants();
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(2);
  const written = folders.map(
    ({ folder, files }) => `${path.relative(ROOT, folder)} (${files.length} files)`,
  );
  return `Built ${written.join(" and ")} from variants/ts in ${seconds} s.`;
}

try {
  console.log(readArguments().help ? HELP : await build());
} catch (error) {
  // esbuild's message names file and line; a stack would add nothing for the person who has to mend the file.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

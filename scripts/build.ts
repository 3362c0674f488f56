// `npm run build`: builds the TypeScript variant as ES modules and as CommonJS, and the sandbox page.
import path from "node:path";
import { readFlags } from "./command/arguments.ts";
import { runCommand } from "./command/run-command.ts";
import { buildVariants } from "./lab/servers/build.ts";
import { writeFolder } from "./lab/servers/built-folder.ts";
import { buildPage } from "./sandbox/page-files.ts";
import { ROOT } from "./lab/servers/variants.ts";

const HELP = `Usage: npm run build

Builds variants/ts with esbuild, file by file, into dist/cjs (CommonJS) and
dist/esm (ES modules). Start a build with:

  node dist/cjs/start.cjs
  node dist/esm/start.mjs

Bundles the sandbox page into dist/page, file by file as npm run sandbox sends
it (which needs no build).

  -h, --help   this text`;

/** A source that cannot be built: esbuild's message names file and line, and a stack would add nothing. */
class BuildError extends Error {
  readonly code = "BUILD_FAILED";
}

async function build(): Promise<string> {
  const startedMs = performance.now();
  const [variants, page] = await Promise.all([buildVariants(), buildPage()]);
  const pageFolder = path.join(ROOT, "dist", "page");
  const pageFiles = await writeFolder(
    pageFolder,
    new Map([...page].map(([name, { body }]) => [name.slice(1), body])),
  );
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(2);
  const written = [...variants, { folder: pageFolder, files: pageFiles }].map(
    ({ folder, files }) => `${path.relative(ROOT, folder)} (${files.length} files)`,
  );
  return `Built ${written.join(", ")} in ${seconds} s.`;
}

await runCommand(async () => {
  if (readFlags("npm run build", {}).help) return console.log(HELP);
  try {
    console.log(await build());
  } catch (error) {
    // Anything but esbuild's own BuildFailure, which has a list of errors, is a bug.
    if (!(error instanceof Error && "errors" in error)) throw error;
    throw new BuildError(error.message, { cause: error });
  }
});

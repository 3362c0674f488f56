// Builds the page that makes attempts in a browser: one HTML text with all its code in it.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { withEsbuild } from "../esbuild.ts";
import type { Plugin } from "esbuild";
import { readIfThere } from "../stored-file.ts";
import { ROOT } from "../servers/variants.ts";

/** The name of the built page, beside the bundles of the commands. */
export const ATTEMPT_PAGE_FILE = "attempt-page.html";
const ENTRY = "public/attempt/attempt-page.ts";
/** The page without its code. */
export const ATTEMPT_PAGE_FRAME = "public/attempt/attempt.html";
const PLACE_OF_CODE = "/* attempt-page.ts */";

let page: Promise<string> | undefined;

/** Gives the page: the one that was built with this command, or else one that is built now, which takes a tenth of a second. */
export function attemptPage(): Promise<string> {
  page ??= readOrBuild().catch((error: unknown) => {
    // A mistake in its sources does not stay.
    page = undefined;
    throw error;
  });
  return page;
}

async function readOrBuild(): Promise<string> {
  // In a bundle this is the folder of the bundle, which was found to be what the sources say.
  const file = path.join(import.meta.dirname, ATTEMPT_PAGE_FILE);
  const built = await readIfThere(file, "the browser has no page to make attempts in");
  return built ?? buildAttemptPage();
}

/** @param plugins for esbuild, such as one that notes which files it reads */
export async function buildAttemptPage(plugins: Plugin[] = []): Promise<string> {
  const frame = await readFile(path.join(ROOT, ATTEMPT_PAGE_FRAME), "utf8");
  const { outputFiles } = await withEsbuild((esbuild) =>
    esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: [ENTRY],
      bundle: true,
      minify: true,
      format: "iife",
      target: "es2022",
      write: false,
      plugins,
    }),
  );
  // "</script" in the code would end the element; the function keeps "$&" in it from being read as a pattern.
  const code = outputFiles[0]!.text.replaceAll("</script", "<\\/script");
  return frame.replace(PLACE_OF_CODE, () => code);
}

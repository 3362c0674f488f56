// Builds the page that makes attempts in a browser: one HTML text with all its code in it.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { keepFile, readIfThere } from "../kept-file.ts";
import { ROOT } from "../servers/variants.ts";

const CACHE_FILE = path.join(ROOT, "node_modules", ".cache", "attempt-page.json");
const ENTRY = "public/attempt/attempt-page.ts";
const FRAME = "public/attempt/attempt.html";
const LOSS = "the browser has no page to make attempts in";
const PLACE_OF_CODE = "/* attempt-page.ts */";

/** A built page, and the hash of each file that went into it, by its path from the root. */
interface BuiltPage {
  html: string;
  inputs: Record<string, string>;
}

/**
 * Gives the page, built anew only when a file in it has changed, so that a warm start does not wait for esbuild.
 * @param cacheFile where the built page is kept
 */
export async function attemptPage(cacheFile = CACHE_FILE): Promise<string> {
  const kept = await readKept(cacheFile);
  if (kept !== undefined && (await isFresh(kept))) return kept.html;
  const page = await build();
  await keepFile(cacheFile, JSON.stringify(page), { loss: LOSS });
  return page.html;
}

async function build(): Promise<BuiltPage> {
  const esbuild = await import("esbuild");
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
    metafile: true,
  });
  const frame = await readFile(path.join(ROOT, FRAME), "utf8");
  // "</script" in the code would end the element; the function keeps "$&" in it from being read as a pattern.
  const code = outputFiles[0]!.text.replaceAll("</script", "<\\/script");
  const files = [FRAME, ...Object.keys(metafile.inputs)];
  const hashes = await Promise.all(files.map(async (file) => [file, await hashOf(file)] as const));
  return { html: frame.replace(PLACE_OF_CODE, () => code), inputs: Object.fromEntries(hashes) };
}

async function isFresh({ inputs }: BuiltPage): Promise<boolean> {
  const checks = Object.entries(inputs).map(async ([file, hash]) => (await hashOf(file)) === hash);
  return (await Promise.all(checks)).every(Boolean);
}

/** Empty for a file that is not there any more. */
async function hashOf(file: string): Promise<string> {
  const content = await readIfThere(path.join(ROOT, file), LOSS);
  return content === undefined ? "" : createHash("sha256").update(content).digest("base64url");
}

async function readKept(cacheFile: string): Promise<BuiltPage | undefined> {
  const text = await readIfThere(cacheFile, LOSS);
  return text === undefined ? undefined : (JSON.parse(text) as BuiltPage);
}

// Bundles the commands with the packages that they import, so that they start quickly.
import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import {
  ATTEMPT_PAGE_FILE,
  ATTEMPT_PAGE_FRAME,
  buildAttemptPage,
} from "../lab/browser/attempt-page.ts";
import { StorageError, storeFile } from "../lab/stored-file.ts";
import { ROOT } from "../lab/servers/variants.ts";
import { BUNDLES_FOLDER, factsOf, type FileFacts, freshBundle } from "./fresh-bundle.mjs";

/** Says which packages are installed; npm writes it. */
const INSTALLED = "node_modules/.package-lock.json";
/** These hold programs or files that they look for beside themselves; the last two are optional parts of `ws`. */
const UNBUNDLED = [
  "@sparticuz/chromium",
  "@swc/wasm-typescript",
  "esbuild",
  "oxfmt",
  "playwright-core",
  "bufferutil",
  "utf-8-validate",
  // Calls `url.parse()`, which Node 24 warns about unless the caller is in node_modules.
  "xmlhttprequest-ssl",
];
// Packages in CommonJS ask for Node's own modules by `require`, which a module of the other kind has not. The names
// stand in front of each file, so none of a file's own may be the same.
const REQUIRE = `import { createRequire as makeBundledRequire } from "node:module";
const require = makeBundledRequire(import.meta.url);`;

/** What the files that a bundle depends on were, by their paths from the root. */
type Facts = Record<string, FileFacts>;

/** Where they cannot be written. */
const LOSS = "commands start more slowly";

/**
 * Bundles all commands, unless their bundles are what their sources say already.
 * @returns one sentence if they cannot be written: then nothing is missing but time
 */
export async function bundleCommands(): Promise<string | undefined> {
  const names = await commandNames();
  if (names.every((name) => freshBundle(name) !== undefined)) return undefined;
  try {
    await writeBundles(names);
    await removeOld();
    return undefined;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return error.message;
  }
}

async function writeBundles(names: readonly string[]): Promise<void> {
  // A folder of its own: a command that was started from an older one may still load a part of it.
  const folder = path.join(BUNDLES_FOLDER, randomUUID());
  const common = readFacts([INSTALLED, ATTEMPT_PAGE_FRAME]);
  const page = await buildAttemptPage([noteFacts(common)]);
  const pageFile = path.join(folder, ATTEMPT_PAGE_FILE);
  await storeFile(pageFile, page, { loss: LOSS });
  Object.assign(common, readFacts([placeOf(pageFile)]));
  const ours: Facts = {};
  const { inputs, outputs } = await buildAll(names, folder, [noteFacts(ours)]);
  for (const name of names) {
    const source = `scripts/${name}.ts`;
    const bundle = Object.keys(outputs).find((file) => outputs[file]!.entryPoint === source)!;
    const sources = reach(inputs, source).flatMap((file) =>
      ours[file] === undefined ? [] : [[file, ours[file]]],
    );
    const files = {
      ...common,
      ...Object.fromEntries(sources),
      ...readFacts(reach(outputs, bundle)),
    };
    // Last, and renamed when it is whole: what it names is there.
    const note = path.join(BUNDLES_FOLDER, `${name}.json`);
    await storeFile(note, JSON.stringify({ bundle, files }), { loss: LOSS });
  }
}

/** A command that was started from an older bundle may come back late to a part of it. Nothing runs for so long. */
const STORED_MS = 7 * 24 * 60 * 60_000;

async function removeOld(): Promise<void> {
  for (const name of await readdir(BUNDLES_FOLDER)) {
    const place = path.join(BUNDLES_FOLDER, name);
    // Another process may have removed it meanwhile.
    const facts = statSync(place, { throwIfNoEntry: false });
    if (facts?.isDirectory() && Date.now() - facts.mtimeMs > STORED_MS)
      await rm(place, { recursive: true, force: true });
  }
}

async function commandNames(): Promise<string[]> {
  const files = await readdir(path.join(ROOT, "scripts"));
  return files.flatMap((file) => {
    const { name, ext } = path.parse(file);
    // The one that bundles the others runs from its sources.
    return ext === ".ts" && name !== "prepare" ? [name] : [];
  });
}

async function buildAll(
  names: readonly string[],
  folder: string,
  plugins: Plugin[],
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => `scripts/${name}.ts`),
    outdir: folder,
    bundle: true,
    external: UNBUNDLED,
    banner: { js: REQUIRE },
    platform: "node",
    format: "esm",
    // What is loaded late stays a file of its own.
    splitting: true,
    target: "node20.19",
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    // What is wrong is in the error.
    logLevel: "silent",
    plugins,
  });
  return metafile;
}

/** Notes what each file of ours is when it is read: one that changes later is found to have changed. */
function noteFacts(noted: Facts): Plugin {
  return {
    name: "note-facts",
    setup: (builder) =>
      builder.onLoad({ filter: /./ }, ({ path: file }) => {
        const place = placeOf(file);
        // Those are as they were installed.
        if (place.includes("node_modules/")) return undefined;
        const { facts, content } = factsOf(file);
        noted[place] = facts;
        return content && { contents: content, loader: "default" };
      }),
  };
}

/** From the root, as esbuild writes it. */
function placeOf(file: string): string {
  return path.relative(ROOT, file).split(path.sep).join("/");
}

function readFacts(places: readonly string[]): Facts {
  return Object.fromEntries(places.map((place) => [place, factsOf(path.join(ROOT, place)).facts]));
}

type Graph = Record<string, { imports: { path: string; external?: boolean }[] }>;

/** A file, and all that it imports, at once or later, directly or not. */
function reach(graph: Graph, start: string): string[] {
  const found = new Set([start]);
  // A set goes on to what is added meanwhile.
  for (const file of found)
    for (const { path: imported, external } of graph[file]?.imports ?? [])
      if (!external) found.add(imported);
  return [...found];
}

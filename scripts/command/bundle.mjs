// Keeps each command as JavaScript in node_modules/.cache, built anew only when one of its sources has changed:
// to start tsx and let it read sixty files takes longer than the first server of a lesson takes to answer.
import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { removeOldFolders } from "../lab/remove-old.mjs";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const CACHE_FOLDER = path.join(ROOT, "node_modules", ".cache", "commands");
/** Says which packages are installed; npm writes it. */
const INSTALLED = path.join(ROOT, "node_modules", ".package-lock.json");
/** These hold programs or files that they look for beside themselves; the last two are optional parts of `ws`. */
const UNBUNDLED = [
  "@sparticuz/chromium",
  "@swc/wasm-typescript",
  "esbuild",
  "oxfmt",
  "playwright-core",
  "puppeteer-core",
  "selenium-webdriver",
  "bufferutil",
  "utf-8-validate",
];
// Packages in CommonJS ask for Node's own modules by `require`, which a module of the other kind has not. The names
// stand in front of each file, so none of a file's own may be the same.
const REQUIRE = `import { createRequire as makeBundledRequire } from "node:module";
const require = makeBundledRequire(import.meta.url);`;

/**
 * @param {string} file the command's source, absolute
 * @param {string} cacheFolder where bundles are kept
 * @returns {Promise<string>} the path of its bundle
 */
export async function commandBundle(file, cacheFolder = CACHE_FOLDER) {
  const name = path.basename(file, ".ts");
  const noteFile = path.join(cacheFolder, `${name}.json`);
  const note = await readNote(noteFile);
  if (note !== undefined && isFresh(note, file)) return note.bundle;
  await removeOldFolders(cacheFolder);
  const folder = path.join(cacheFolder, `${name}-${randomUUID()}`);
  const inputs = await build(file, folder);
  const bundle = path.join(folder, `${name}.js`);
  // Renamed when it is whole: another process may be reading.
  const draft = `${noteFile}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify({ file, node: process.version, bundle, inputs }));
  await rename(draft, noteFile);
  return bundle;
}

/** Bundles our own files and the packages that they import. @returns the stamp of each file that may change */
async function build(file, folder) {
  // Loaded only here, since it takes as long as all that is saved.
  const { build: bundle, transform } = await import("esbuild");
  // The stamps are taken before the files are read: a file that changes meanwhile is found to have changed.
  const stamps = new Map([[INSTALLED, stampOf(INSTALLED)]]);
  const ownPlaces = {
    name: "import.meta",
    setup(builder) {
      builder.onLoad({ filter: /\.ts$/ }, async ({ path: source }) => {
        stamps.set(source, stampOf(source));
        const contents = await readFile(source, "utf8");
        if (!contents.includes("import.meta")) return { contents, loader: "ts" };
        // Each file finds others from where it lies, and not from where the bundle lies.
        const define = {
          "import.meta.dirname": JSON.stringify(path.dirname(source)),
          "import.meta.url": JSON.stringify(pathToFileURL(source).href),
        };
        const { code } = await transform(contents, {
          loader: "ts",
          define,
          target: "node20.19",
          sourcefile: path.basename(source),
          sourcemap: "inline",
        });
        return { contents: code, loader: "js" };
      });
    },
  };
  await mkdir(folder, { recursive: true });
  await bundle({
    absWorkingDir: ROOT,
    entryPoints: [file],
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
    // What is wrong is in the error.
    logLevel: "silent",
    plugins: [ownPlaces],
  });
  return Object.fromEntries(stamps);
}

function isFresh({ file, node, inputs }, wanted) {
  // The folder of the project may have been moved, with everything that is in it.
  if (file !== wanted || node !== process.version) return false;
  return Object.entries(inputs).every(([source, stamp]) => stampOf(source) === stamp);
}

/** Changes with the content, as far as that can be seen without reading it; empty for a file that is not there. */
function stampOf(source) {
  const facts = statSync(source, { throwIfNoEntry: false });
  return facts === undefined ? "" : `${facts.mtimeMs} ${facts.size}`;
}

async function readNote(noteFile) {
  try {
    return JSON.parse(await readFile(noteFile, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

// The files of the sandbox page, by their path: bundled from public/page/, with styles and fonts.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { withEsbuild } from "../lab/esbuild.ts";
import { ROOT } from "../lab/servers/variants.ts";

/** One file as it is sent. */
interface PageFile {
  body: Uint8Array;
  /** Its media type. */
  type: string;
}

/** By the path in the address, for example `/main.js`; the page itself is `/index.html`. */
export type PageFiles = Map<string, PageFile>;

const SOURCES = path.join(ROOT, "public", "page");
// Any folder that does not exist: nothing is written, and the names of the files are made relative to it.
const NOWHERE = path.join(ROOT, "dist", "page");

/** Those that need no bundling. */
const PLAIN = ["index.html", "icon.svg"];

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

let built: Promise<PageFiles> | undefined;

/** Gives the files, which the first call builds. A mistake in the sources does not stay: the next call builds them again. */
export function pageFiles(): Promise<PageFiles> {
  built ??= buildPage().catch((error: unknown) => {
    built = undefined;
    throw error;
  });
  return built;
}

/** Bundles the page; takes about a tenth of a second. */
async function buildPage(): Promise<PageFiles> {
  // That of a folder comes with the folder's code (public/page/shell/late-style.ts).
  const styles = (await readdir(SOURCES, { recursive: true })).filter(
    (file) => path.basename(file) === "style.css",
  );
  const [{ outputFiles }, ...plain] = await Promise.all([
    withEsbuild((esbuild) =>
      esbuild.build({
        absWorkingDir: ROOT,
        entryPoints: {
          main: path.join(SOURCES, "main.ts"),
          ...Object.fromEntries(
            styles.map((file) => [nameOfStyle(file), path.join(SOURCES, file)]),
          ),
        },
        bundle: true,
        minify: true,
        format: "esm",
        target: "es2022",
        loader: { ".woff2": "file" },
        // What the first view does not need is loaded when somebody asks for it.
        splitting: true,
        chunkNames: "parts/[name]-[hash]",
        assetNames: "fonts/[name]",
        outdir: NOWHERE,
        write: false,
      }),
    ),
    ...PLAIN.map((name) => readFile(path.join(SOURCES, name))),
  ]);
  const files: PageFiles = new Map();
  const add = (name: string, body: Uint8Array): void => {
    files.set(`/${name}`, { body, type: TYPES[path.extname(name)] ?? "application/octet-stream" });
  };
  for (const [index, name] of PLAIN.entries()) add(name, plain[index]!);
  for (const { path: file, contents } of outputFiles)
    add(path.relative(NOWHERE, file).split(path.sep).join("/"), contents);
  return files;
}

/** `bench/style.css` → `bench` */
function nameOfStyle(file: string): string {
  const folder = path.dirname(file);
  return folder === "." ? "style" : folder;
}

// Builds the TypeScript variant as ES modules and as CommonJS: file by file, so that the result can be read beside its
// source.
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import { writeFolder } from "./built-folder.ts";
import { type Build, BUILDS, extensionOf, folderOf, ROOT } from "./variants.ts";

/** What was written where. */
export interface BuiltFolder {
  build: Build;
  folder: string;
  /** Names, sorted. */
  files: string[];
}

const FORMATS: Record<Build, BuildOptions> = {
  "built-cjs": {
    format: "cjs",
    // The folder of the file, in the words of CommonJS.
    define: { "import.meta.dirname": "__dirname" },
  },
  "built-esm": { format: "esm" },
};

/** Where a build reads and writes, if not in the project's own folders. */
export interface BuildFolders {
  /** The folder of the TypeScript sources. */
  source?: string;
  /** The folder that holds the folders of both builds. */
  target?: string;
}

/**
 * Builds the TypeScript variant as CommonJS and as ES modules, and removes what no source stands for any more. Every
 * file appears whole, so a build may run beside another one and beside servers that start.
 * @throws Error with esbuild's own message, which names file and line, if a source cannot be read
 */
export async function buildVariants(folders: BuildFolders = {}): Promise<BuiltFolder[]> {
  const source = folders.source ?? folderOf("ts");
  return Promise.all(
    BUILDS.map(async (build) => {
      const own = folderOf(build);
      const folder = folders.target ? path.join(folders.target, path.basename(own)) : own;
      return { build, folder, files: await buildFolder(source, build, folder) };
    }),
  );
}

async function buildFolder(source: string, build: Build, folder: string): Promise<string[]> {
  return writeFolder(folder, await print(source, build, folder));
}

/** The text of each file by its name; nothing is written. */
async function print(source: string, build: Build, folder: string): Promise<Map<string, string>> {
  // esbuild is loaded when it is needed: most commands only import this file.
  const esbuild = await import("esbuild");
  const extension = extensionOf(build);
  const names = (await readdir(source)).filter((name) => name.endsWith(".ts"));
  const { outputFiles } = await esbuild.build({
    ...FORMATS[build],
    entryPoints: names.map((name) => path.join(source, name)),
    absWorkingDir: ROOT,
    outdir: folder,
    outExtension: { ".js": `.${extension}` },
    bundle: true,
    plugins: [keepImports(extension)],
    platform: "node",
    target: "node20.19",
    charset: "utf8",
    write: false,
    logLevel: "silent",
  });
  return new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
}

/** Leaves every import as it is, but for the extension of files of the variant itself. */
function keepImports(extension: string): Plugin {
  return {
    name: "keep-imports",
    setup(build) {
      build.onResolve({ filter: /./ }, ({ kind, path: from }) => {
        if (kind === "entry-point") return undefined;
        const isOwn = from.startsWith(".");
        return { external: true, path: isOwn ? from.replace(/\.ts$/, `.${extension}`) : from };
      });
    },
  };
}

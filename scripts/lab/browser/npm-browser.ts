// The Chromium that comes by npm (@sparticuz/chromium): where it is unpacked, and what it needs to run.
import { randomUUID } from "node:crypto";
import {
  access,
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { ownProcess } from "../owned-process.ts";
import { ROOT } from "../servers/variants.ts";
import { isProgram } from "./program.ts";

const CACHE_FOLDER = path.join(ROOT, "node_modules", ".cache", "chromium");
/** Where the project's folder is somebody else's, or cannot be written. */
const OWN_FOLDER = path.join(tmpdir(), `sandbox-chromium-${process.getuid?.()}`);
const PACKAGE = "@sparticuz/chromium";
const require = createRequire(import.meta.url);
/** Between the version and the id of the process that is unpacking it. */
const DRAFT = ".unpacked-by-";

/** The package is there, but it could not be unpacked. The message says what to do. */
export class UnpackError extends Error {
  readonly code = "BROWSER_NOT_UNPACKED";
}

/** A browser's program, and the environment that it needs on a machine without any system package. */
export interface NpmBrowser {
  program: string;
  env: Record<string, string>;
}

/**
 * Unpacks the browser on first use.
 * @param folders where it may be, or may be put; the last one, which may lie where everybody can write, must be one's own
 * @returns undefined if the package is not installed, or has nothing for this machine
 * @throws UnpackError (code BROWSER_NOT_UNPACKED)
 */
export async function npmBrowser(
  folders: [string, string] = [CACHE_FOLDER, OWN_FOLDER],
): Promise<NpmBrowser | undefined> {
  // The package holds a program for this platform only.
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const version = await installedVersion();
  if (version === undefined) return undefined;
  const [folder, own] = folders;
  try {
    return await browserIn(path.join(folder, version));
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    await makeOwn(own);
    return browserIn(path.join(own, version));
  }
}

async function browserIn(folder: string): Promise<NpmBrowser> {
  const program = path.join(folder, "chromium");
  if (!(await isProgram(program))) await unpack(folder, program);
  return { program, env: environmentIn(folder) };
}

/** Makes a folder that nobody else can write to, as what is in it will be run. */
async function makeOwn(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UnpackError(explain(folder, error), { cause: error });
  }
  const facts = await lstat(folder);
  const isOwn = facts.isDirectory() && facts.uid === process.getuid?.();
  if (!isOwn || (facts.mode & 0o022) !== 0)
    throw new UnpackError(explain(folder, new Error("others can write to it")));
}

/** Undefined only if the package is not there; a broken one is an error. */
async function installedVersion(): Promise<string | undefined> {
  let entry: string;
  try {
    entry = require.resolve("@sparticuz/chromium");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
  const folder = entry.slice(0, entry.lastIndexOf(path.normalize(PACKAGE)) + PACKAGE.length);
  const facts: unknown = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  return (facts as { version: string }).version;
}

// Under a name of its own first, then renamed: a folder with the final name is whole, however many processes start at once.
async function unpack(folder: string, program: string): Promise<void> {
  const draft = `${folder}${DRAFT}${process.pid}-${randomUUID()}`;
  try {
    await removeAbandonedDrafts(path.dirname(folder));
    await mkdir(draft, { recursive: true });
    await runUnpacker(draft);
    await writeFile(path.join(draft, "fonts", "fonts.conf"), fontSettings(folder));
    // Others may run what this user has unpacked.
    await chmod(path.join(draft, "chromium"), 0o755);
    await moveLeftover(folder, program, path.join(draft, "leftover"));
    await rename(draft, folder);
    await rm(path.join(folder, "leftover"), { recursive: true, force: true });
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    // If another process was first, its folder serves as well.
    if (await isProgram(program)) return;
    throw new UnpackError(explain(path.dirname(folder), error), { cause: error });
  }
}

function explain(folder: string, error: unknown): string {
  return (
    `The browser in node_modules/${PACKAGE} could not be unpacked into ${folder} ` +
    `(${(error as Error).message}): make room there, or set CHROME_PATH to a Chrome of your own.`
  );
}

/** A folder without the program is what a browser wrote that was still running when somebody removed it. */
async function moveLeftover(folder: string, program: string, to: string): Promise<void> {
  if ((await exists(folder)) && !(await exists(program))) await rename(folder, to);
}

// Left behind by a process that was ended in the middle, and 200 MB each.
async function removeAbandonedDrafts(cacheFolder: string): Promise<void> {
  if (!(await exists(cacheFolder))) return;
  for (const name of await readdir(cacheFolder)) {
    const owner = name.split(DRAFT)[1];
    if (owner === undefined || isAlive(Number.parseInt(owner, 10))) continue;
    await rm(path.join(cacheFolder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

// In a process of its own: the package reads the folder and the kind of machine from the environment, and this
// process has others that it may not change.
async function runUnpacker(draft: string): Promise<void> {
  const program = `import chromium from "${PACKAGE}"; await chromium.executablePath();`;
  const command = [process.execPath, "--input-type=module", "--eval", program] as const;
  const unpacker = ownProcess("The unpacker", command, {
    cwd: ROOT,
    // Only for this kind of machine does the package unpack the libraries that a bare system lacks.
    env: { TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const { reason } = await unpacker.ended;
  if (reason === 0) return;
  const said = /^\w*Error: (.*)$/m.exec(unpacker.lastLines.join("\n"))?.[1];
  throw new Error(said ?? `it ended with ${reason}`);
}

function environmentIn(folder: string): Record<string, string> {
  const { PATH = "", HOME = folder, LD_LIBRARY_PATH } = process.env;
  const libraries = path.join(folder, "al2023", "lib");
  return {
    PATH,
    HOME,
    LD_LIBRARY_PATH: LD_LIBRARY_PATH ? `${libraries}:${LD_LIBRARY_PATH}` : libraries,
    FONTCONFIG_PATH: path.join(folder, "fonts"),
  };
}

// The package's own file names folders of another machine, and without any font a page shows no text.
function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

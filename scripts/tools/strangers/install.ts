// Lays a stranger into a folder of the cache, beside the packages that it needs; nothing of it is installed in the project.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { ownProcess } from "../../lab/owned-process.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import type { Stranger } from "./strangers.ts";

/** It cannot be tried on this machine; the message says why, and what would help. */
export class SkipError extends Error {
  readonly code = "SKIPPED";
}

export interface Installed {
  /** The command that starts it; its port and its habit follow. */
  command: string;
  /** The packages with their versions: `socket.io 4.0.0`. */
  versions: string[];
}

const SERVERS = path.join(ROOT, "scripts/tools/strangers/servers");
const SYSTEM_PYTHON = "/usr/bin/python3";

/** The folder of the cache; `STRANGERS_CACHE` names another one. */
export function cacheFolder(): string {
  const base = process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache");
  return path.resolve(process.env["STRANGERS_CACHE"] ?? path.join(base, "socketio-jwt-sandbox"));
}

/** @throws SkipError (code SKIPPED) */
export async function install({ file, needs }: Stranger): Promise<Installed> {
  const source = path.join(SERVERS, file);
  if ("debian" in needs)
    return {
      command: `exec ${SYSTEM_PYTHON} "${source}"`,
      versions: await debianVersions(needs.debian),
    };
  const packages = Object.entries(needs.npm);
  const folder = path.join(cacheFolder(), nameOf(file, packages));
  await mkdir(folder, { recursive: true });
  await copyFile(source, path.join(folder, file));
  const manifest = `${JSON.stringify({ private: true, dependencies: needs.npm }, null, 2)}\n`;
  await writeFile(path.join(folder, "package.json"), manifest);
  // What is there already stays, so that a second run needs no registry.
  await run(
    "npm",
    ["npm", "install", "--save", "--prefer-offline", "--no-audit", "--no-fund"],
    folder,
  );
  const versions = packages.slice(0, SHOWN_PACKAGES).map(([name]) => versionOf(folder, name));
  return {
    command: `exec "${process.execPath}" "${path.join(folder, file)}"`,
    versions: await Promise.all(versions),
  };
}

const SHOWN_PACKAGES = 2;

/** `old-socket-io-4.0.0`: two versions of one file must not share a folder. */
function nameOf(file: string, [first]: [name: string, version: string][]): string {
  return `${path.parse(file).name}-${first?.[1].replace("^", "")}`;
}

async function versionOf(folder: string, name: string): Promise<string> {
  const manifest = await readFile(path.join(folder, "node_modules", name, "package.json"), "utf8");
  return `${name} ${(JSON.parse(manifest) as { version: string }).version}`;
}

async function debianVersions(packages: readonly string[]): Promise<string[]> {
  const format = "--showformat=${Package} ${Version}\\n";
  try {
    return await run("dpkg-query", ["dpkg-query", "--show", format, ...packages], ROOT);
  } catch {
    throw new SkipError(`it needs Debian's packages: apt install ${packages.join(" ")}`);
  }
}

/** @returns what it printed @throws SkipError (code SKIPPED) with the last that it printed, if it fails */
async function run(name: string, command: [string, ...string[]], cwd: string): Promise<string[]> {
  const started = ownProcess(name, command, { cwd, env: process.env, hasOwnGroup: true });
  const { reason } = await started.ended;
  if (reason === 0) return [...started.lastLines];
  const said =
    started.lastLines.find((line) => /^npm error (?!code)/.test(line)) ?? started.lastLines.at(-1);
  throw new SkipError(`${name} failed (${reason})${said ? `: ${said}` : ""}`);
}

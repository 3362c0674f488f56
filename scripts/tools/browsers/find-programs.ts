// Finds the programs of a browser: those of a family in their usual places, or the one that a person named.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { findBrowsers, type FoundBrowser } from "../../lab/browser/find-browser.ts";
import { isProgram } from "../../lab/browser/program.ts";

/** Those that are started in a way of their own, in the order of their columns. */
export const FAMILIES = ["chromium", "firefox", "webkit"] as const;
export type Family = (typeof FAMILIES)[number];

export interface Program {
  file: string;
  /** Undefined for one that is given the address and no flag, since nothing but its name is known. */
  family: Family | undefined;
  env: NodeJS.ProcessEnv;
  /** Of a Chromium that was found. */
  from?: FoundBrowser["from"];
}

interface Found {
  /** Most likely first. */
  programs: Program[];
  /** Why there is none, and how to get one. */
  missing: string;
}

const MISSING: Record<Family, string> = {
  chromium:
    "No Chromium was found: install Chrome, Chromium or Edge, or name its program with --open.",
  firefox:
    "No Firefox was found: install it (Debian: firefox-esr), or name its program with --open.",
  webkit:
    "No WebKitGTK was found: install its MiniBrowser (Debian: webkit2gtk-driver), or name it with --open; open Safari yourself with --open none.",
};

// Most particular first. Edge, Opera and others are Chromium too.
const FAMILY_OF: [Family, RegExp][] = [
  ["firefox", /firefox|librewolf/i],
  ["webkit", /^MiniBrowser$/],
  ["chromium", /chrom|msedge|microsoft[- ]edge|brave|opera|vivaldi/i],
];

const NO_DISPLAY =
  "WebKitGTK needs a display and there is none: install Xvfb (Debian: xvfb) and put it on the PATH.";

/** @param wanted a family, or a program by its path or its name */
export async function findPrograms(
  wanted: string,
  env = process.env,
  platform = process.platform,
): Promise<Found> {
  const asked = FAMILIES.find((name) => name === wanted);
  if (asked === "chromium") return findChromiums(env);
  const family = asked ?? FAMILY_OF.find(([, is]) => is.test(path.basename(wanted)))?.[0];
  const places = asked === undefined ? placesOf(wanted, env) : await PLACES[asked](env, platform);
  const files = await programsAmong(places);
  const hasDisplay = env["DISPLAY"] || env["WAYLAND_DISPLAY"] || (await findOnPath("Xvfb", env));
  if (family === "webkit" && files.length > 0 && !hasDisplay)
    return { programs: [], missing: NO_DISPLAY };
  return {
    programs: files.map((file) => ({ file, family, env })),
    missing: asked === undefined ? `There is no program "${wanted}".` : MISSING[asked],
  };
}

/** The first program of this name; undefined if there is none. */
export async function findOnPath(
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return (await programsAmong(placesOf(name, env)))[0];
}

async function findChromiums(env: NodeJS.ProcessEnv): Promise<Found> {
  const programs: Program[] = [];
  const missing: string[] = [];
  for await (const found of findBrowsers(env))
    if ("missing" in found) missing.push(found.missing);
    else programs.push({ ...found, file: found.program, family: "chromium" });
  return { programs, missing: missing.join(" ") || MISSING.chromium };
}

const PLACES: Record<
  Exclude<Family, "chromium">,
  (env: NodeJS.ProcessEnv, platform: NodeJS.Platform) => string[] | Promise<string[]>
> = { firefox: firefoxPlaces, webkit: miniBrowserPlaces };

/** Where a Firefox may be. */
function firefoxPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const application = "/Applications/Firefox.app/Contents/MacOS/firefox";
  if (platform === "darwin") return [application, `${env["HOME"] ?? ""}${application}`];
  if (platform !== "win32")
    return ["firefox", "firefox-esr"].flatMap((name) => placesOf(name, env));
  const folders = [env["ProgramFiles"], env["ProgramFiles(x86)"], env["LOCALAPPDATA"]];
  return folders.flatMap((folder) =>
    folder ? [path.win32.join(folder, "Mozilla Firefox\\firefox.exe")] : [],
  );
}

/** WebKitGTK's own small browser, which no distribution puts on the PATH; the newest first. */
async function miniBrowserPlaces(): Promise<string[]> {
  const machines = (await list("/usr/lib")).filter((name) => name.includes("-linux-"));
  const folders = ["/usr/libexec", "/usr/lib", ...machines.map((name) => `/usr/lib/${name}`)];
  const places = folders.map(async (folder) => {
    const names = (await list(folder)).filter((name) => /^webkit\d?gtk-/.test(name));
    return names.toSorted().map((name) => path.join(folder, name, "MiniBrowser"));
  });
  return (await Promise.all(places)).flat().toReversed();
}

/** The names in a folder; none if it is not there. */
async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** Where a program may be that is named by its path, or only by its name. */
function placesOf(program: string, env: NodeJS.ProcessEnv): string[] {
  if (/[\\/]/.test(program)) return [path.resolve(program)];
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => path.join(folder, program));
}

async function programsAmong(places: readonly string[]): Promise<string[]> {
  const are = await Promise.all(places.map(isProgram));
  return places.filter((_, at) => are[at]);
}

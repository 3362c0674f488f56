// Opens an address in a browser's program, with a profile of its own that is removed afterwards.
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { quietArguments } from "../../lab/browser/browser.ts";
import { writeLead } from "../../lab/browser/lead-file.ts";
import { type End, ownProcess } from "../../lab/owned-process.ts";
import { guardFolder } from "../../lab/watchdog.ts";
import { openDisplay } from "./display.ts";
import { type Family, findOnPath, type Program } from "./find-programs.ts";

interface OpenProgram {
  /** How it ended. */
  readonly ended: Promise<End>;
  /** `WebKitGTK 2.50`; undefined where the browser says its version to every page. */
  readonly name: string | undefined;
  /** Ends all that was started; resolves when it is gone. */
  readonly close: () => Promise<void>;
}

/** What a family is given besides the address. */
const ARGUMENTS: Record<Family, (profile: string, from: Program["from"]) => string[]> = {
  chromium: (profile, from = "installed") => quietArguments({ from }, profile),
  firefox: (profile) => ["--headless", "--no-remote", "--profile", profile],
  webkit: () => [],
};

const isRoot = process.getuid?.() === 0;

// Nothing may leave this machine: addresses are loopback, and no name is looked up.
const FIREFOX_PREFERENCES = `user_pref("network.proxy.type", 0);
user_pref("network.dns.disabled", true);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
`;
const VERSION_TIMEOUT_MS = 20_000;

/**
 * @param address with a key of its own
 * @throws ProcessEndError (code PROCESS_ENDED), if the display does not open or the program does not tell its version
 */
export async function openProgram(
  { file, family, from, env }: Program,
  address: string,
  signal: AbortSignal,
): Promise<OpenProgram> {
  const profile = mkdtempSync(path.join(tmpdir(), "sandbox-browser-"));
  guardFolder(profile);
  const undo: (() => Promise<void>)[] = [
    async () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  const start = { env, signal, hasOwnGroup: true };
  try {
    if (family === "firefox") await writeFile(path.join(profile, "user.js"), FIREFOX_PREFERENCES);
    if (family === "webkit") {
      const xvfb = await findOnPath("Xvfb", env);
      const display = xvfb === undefined ? undefined : await openDisplay(xvfb, env, signal);
      if (display !== undefined) undo.push(() => display.close());
      start.env = { ...(display?.env ?? env), ...webKitSettings(profile) };
    }
    const lead = await writeLead(path.join(profile, "open.html"), address);
    const flags = family === undefined ? [] : ARGUMENTS[family](profile, from);
    const name = family === "webkit" ? await askVersion(file, start) : undefined;
    const owned = ownProcess(path.basename(file), [file, ...flags, lead], start);
    undo.push(() => owned.stop());
    return { ended: owned.ended, name, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function webKitSettings(profile: string): NodeJS.ProcessEnv {
  return {
    XDG_DATA_HOME: profile,
    XDG_CACHE_HOME: profile,
    XDG_CONFIG_HOME: profile,
    no_proxy: "*",
    // Its sandbox does not start for root. It loads our own page only.
    ...(isRoot && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" }),
  };
}

async function askVersion(file: string, start: Parameters<typeof ownProcess>[2]): Promise<string> {
  const asked = ownProcess(path.basename(file), [file, "--version"], start);
  const [name] = await asked.printed(
    /WebKitGTK \d+\.\d+/,
    "it told its version",
    VERSION_TIMEOUT_MS,
  );
  await asked.ended;
  return name;
}

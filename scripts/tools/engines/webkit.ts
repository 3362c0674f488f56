// WebKit, as WebKitGTK: found with the display that it needs, and started once for each page.
import type { Engine, FoundEngine, MissingEngine, RunningEngine } from "./engine.ts";
import { openDisplay } from "./display.ts";
import { findProgram, placesOnPath } from "./program-find.ts";
import { openSession, type WebKitSession } from "./webkit-session.ts";

const HOW_TO_GET_IT =
  "No WebKit was found: on Linux install WebKitGTK's WebKitWebDriver (Debian: webkit2gtk-driver), " +
  "or set WEBKIT_DRIVER_PATH to it.";
const HOW_TO_GET_A_DISPLAY =
  "WebKit needs a display and there is none: install Xvfb (Debian: xvfb), or set XVFB_PATH to it.";

interface Programs {
  driver: string;
  /** Undefined where only the display of the person is there. */
  xvfb: string | undefined;
  env: NodeJS.ProcessEnv;
}

export const webkit: Engine = { name: "webkit", find: (env) => findWebKit(env) };

/** @throws ProgramPathError (code BAD_PROGRAM_PATH) */
export async function findWebKit(
  env: NodeJS.ProcessEnv,
  platform = process.platform,
): Promise<FoundEngine | MissingEngine> {
  const find = (variable: string, what: string, name: string): Promise<string | undefined> =>
    findProgram(
      { variable, what, places: platform === "linux" ? placesOnPath([name], env) : [] },
      env,
    );
  const driver = await find("WEBKIT_DRIVER_PATH", "WebKitGTK's WebKitWebDriver", "WebKitWebDriver");
  if (driver === undefined) return { missing: HOW_TO_GET_IT };
  const xvfb = await find("XVFB_PATH", "Xvfb", "Xvfb");
  if (xvfb === undefined && !env["DISPLAY"] && !env["WAYLAND_DISPLAY"])
    return { missing: HOW_TO_GET_A_DISPLAY };
  return { start: (signal) => startWebKit({ driver, xvfb, env }, signal) };
}

/**
 * Every page is a session, and every session a browser process of its own: within one, all pages would share their
 * connections. That takes about twice the time of a further window.
 */
async function startWebKit(
  { driver, xvfb, env }: Programs,
  signal: AbortSignal,
): Promise<RunningEngine> {
  const stop = new AbortController();
  const display = xvfb === undefined ? undefined : await openDisplay(xvfb, env, signal);
  const start = {
    driver,
    env: display?.env ?? env,
    signal: AbortSignal.any([signal, stop.signal]),
  };
  const open = new Set<Promise<WebKitSession>>();

  function begin(): Promise<WebKitSession> {
    const session = openSession(start);
    open.add(session);
    return session;
  }

  async function close(): Promise<void> {
    stop.abort();
    for (const end of await Promise.allSettled(open))
      if (end.status === "fulfilled") await end.value.ended;
    await display?.close();
  }

  try {
    // Its version is told by a session, which then serves as the first page.
    const first = begin();
    const { name } = await first;
    let spare: Promise<WebKitSession> | undefined = first;
    return {
      name,
      leavesConnections: false,
      async newPage(url) {
        const beginning = spare ?? begin();
        spare = undefined;
        const session = await beginning;
        await session.load(url);
        return {
          ...session,
          close: async () => {
            await session.close();
            open.delete(beginning);
          },
        };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

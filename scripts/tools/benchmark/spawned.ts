// How long a program takes from its start until it prints something.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { ROOT } from "../../lab/servers/variants.ts";

const BARE_SERVER =
  'require("node:http").createServer().listen(0, "127.0.0.1", () => console.log("listening"));';
const KEPT_CHARACTERS = 2_000;

/**
 * Starts a program, waits until what it prints matches, and ends it and all that it has started.
 * @returns milliseconds
 * @throws Error with its last words, if it ends before
 */
export async function timeUntilPrinted(
  [program, ...programArguments]: [string, ...string[]],
  pattern: RegExp,
): Promise<number> {
  // Where it is set, Node 20 reads certificates for 40 ms at each start, and nothing here asks for them.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const startedMs = performance.now();
  const child = spawn(program, programArguments, {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: npm does not hand on what ends it.
    detached: process.platform !== "win32",
  });
  const stop = (): void => end(child, "SIGKILL");
  process.once("exit", stop);
  const closed = once(child, "close");
  try {
    const printedMs = await firstMatch(child, pattern);
    end(child, "SIGTERM");
    // Only now is the machine free for the next measurement.
    await closed;
    return printedMs - startedMs;
  } finally {
    process.off("exit", stop);
  }
}

/** The shortest that can be had here: Node itself, and a server that listens. */
export function timeBareServer(): Promise<number> {
  return timeUntilPrinted([process.execPath, "--eval", BARE_SERVER], /listening/);
}

/** @returns the time at which it matched */
function firstMatch({ stdout, stderr }: ChildProcess, pattern: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = "";
    for (const stream of [stdout, stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        if (pattern.test(printed)) resolve(performance.now());
      });
    stdout?.once("end", () => {
      reject(new Error(`It ended too early, and said:\n${printed.slice(-KEPT_CHARACTERS)}`));
    });
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: it has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

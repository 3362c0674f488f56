// How long a program takes from its start until it prints something.
import { ownProcess } from "../../lab/owned-process.ts";
import { ROOT } from "../../lab/servers/variants.ts";

const BARE_SERVER =
  'require("node:http").createServer().listen(0, "127.0.0.1", () => console.log("listening"));';
/** All tests take six minutes on two quiet cores. */
const LONGEST_MS = 15 * 60_000;

/**
 * Starts a program, waits until what it prints matches, and ends it and all that it has started.
 * @returns milliseconds
 * @throws Error with its last words, if it ends before
 */
export async function timeUntilPrinted(
  command: readonly [string, ...string[]],
  pattern: RegExp,
): Promise<number> {
  // Where it is set, Node 20 reads certificates for 40 ms at each start, and nothing here asks for them.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const startedMs = performance.now();
  // A group of its own: npm does not hand on what ends it.
  const timed = ownProcess("The program", command, { cwd: ROOT, env, hasOwnGroup: true });
  try {
    await timed.printed(pattern, `it printed ${pattern.source}`, LONGEST_MS);
    return performance.now() - startedMs;
  } finally {
    // Only then is the machine free for the next measurement.
    await timed.stop();
  }
}

/** The shortest that can be had here: Node itself, and a server that listens. */
export function timeBareServer(): Promise<number> {
  return timeUntilPrinted([process.execPath, "--eval", BARE_SERVER], /listening/);
}

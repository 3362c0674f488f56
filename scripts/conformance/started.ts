// `--start "node server.js"`: the suite owns the server, and starts it again after a case that has ended it.
import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { mask, secretsOf } from "../../test/conformance/mask.ts";
import { placeOf } from "../../test/conformance/raw-socket.ts";
import type { Target } from "../../test/conformance/target.ts";
import { ArgumentsError } from "../command/arguments.ts";
import { type End, type OwnedProcess, ownProcess } from "../lab/owned-process.ts";

interface Started {
  /** Starts it again, whether it still runs or not. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const LONGEST_START_MS = 30_000;
const LOOK_EVERY_MS = 25;
// The stack of an error in Node, and what is wrong before it.
const SHOWN_LINES = 20;

/**
 * Starts a command as a shell does, and waits until something listens at the address.
 * @throws ArgumentsError (code BAD_ARGUMENTS) if it ends before that, or something listens there already
 */
export async function startOther(command: string, target: Target): Promise<Started> {
  const { url } = target;
  if (await isListening(url))
    throw new ArgumentsError(
      `Something listens at ${url} already: end it, or leave --start out to test it as it runs.`,
    );
  let server = run(command);
  const start = async (): Promise<void> => {
    try {
      await untilListening(server, target);
    } catch (error) {
      await server.stop();
      throw error;
    }
  };
  await start();
  return {
    async restart() {
      await server.stop();
      server = run(command);
      await start();
    },
    stop: () => server.stop(),
  };
}

/** It gets what this process was given, but for what the suite alone must know. */
function run(command: string): OwnedProcess {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith("CONFORMANCE_"));
  const shell = process.platform === "win32" ? ["cmd", "/c"] : ["sh", "-c"];
  return ownProcess("The server", [shell[0]!, shell[1]!, command], {
    env: Object.fromEntries(entries),
    hasOwnGroup: true,
  });
}

async function untilListening(server: OwnedProcess, target: Target): Promise<void> {
  const { url } = target;
  const untilMs = performance.now() + LONGEST_START_MS;
  while (!(await isListening(url))) {
    if (!server.isRunning()) throw new ArgumentsError(explain(await server.ended, server, target));
    if (performance.now() > untilMs)
      throw new ArgumentsError(
        `--start: nothing listens at ${url} ${LONGEST_START_MS / 1000} s after the command was started: check --url.`,
      );
    await sleep(LOOK_EVERY_MS);
  }
}

/** What the server printed may show a secret, and so may the command, which the person knows anyway. */
function explain({ reason }: End, { lastLines }: OwnedProcess, target: Target): string {
  const printed = mask(lastLines.slice(-SHOWN_LINES).join("\n"), secretsOf(target));
  return `--start: the command ended (${reason}) before the server listened.${printed && ` It printed:\n${printed}`}`;
}

function isListening(url: string): Promise<boolean> {
  const { host, port } = placeOf({ url });
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const answer = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}

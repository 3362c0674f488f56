// A program that an engine needs, with all the processes that it starts itself: one owner ends them together.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { BrowserError } from "../../lab/browser/dev-tools.ts";

export interface OwnedProcess {
  readonly stdout: Readable;
  hasEnded(): boolean;
  /** Resolves with how it ended, in a sentence, when the process has gone. */
  readonly ended: Promise<string>;
  /** Ends it and all that it started, by force: none of it keeps anything. */
  stop(): Promise<void>;
}

export interface Start {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Ends it at once. */
  signal: AbortSignal;
}

const KEPT_CHARACTERS = 2_000;

/** Starts it as the leader of a process group. @param title what it is called in a message */
export function ownProcess(program: string, title: string, start: Start): OwnedProcess {
  const { args, env, signal } = start;
  const child = spawn(program, args, {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl-C is for this process, which then ends the others in good order.
    detached: true,
  });
  let hasEnded = false;
  const kill = (): void => killGroup(child);
  process.once("exit", kill);
  signal.addEventListener("abort", kill);
  const ended = watchEnd(child, title).finally(() => {
    hasEnded = true;
    process.off("exit", kill);
    signal.removeEventListener("abort", kill);
  });
  if (signal.aborted) kill();
  // Read by nobody it would fill up, and the process would wait.
  child.stdout.resume();
  return {
    stdout: child.stdout,
    hasEnded: () => hasEnded,
    ended,
    stop: async () => {
      kill();
      await ended;
    },
  };
}

/** Waits for something of the process, but no longer than the process lives. @throws BrowserError (code BROWSER_FAILED) */
export async function whileAlive<Value>(
  { ended }: OwnedProcess,
  work: Promise<Value>,
): Promise<Value> {
  const end = ended.then((sentence) => {
    throw new BrowserError(sentence);
  });
  return Promise.race([work, end]);
}

async function watchEnd(child: ChildProcess, title: string): Promise<string> {
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  });
  const closed = once(child, "close");
  try {
    await once(child, "spawn");
  } catch (error) {
    closed.catch(() => undefined);
    return `${title} could not be started: ${(error as Error).message}`;
  }
  await once(child, "exit");
  // What it started outlives it, and holds its output open.
  killGroup(child);
  const [code, signal] = (await closed) as [number | null, string | null];
  const last = said.trim().split("\n").at(-1);
  return `${title} ended (${code ?? signal})${last ? `: ${last}` : "."}`;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // ESRCH: nobody of the group is left.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

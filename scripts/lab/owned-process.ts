// The owner of a child process: starts it, reads what it prints, and ends it, at the latest with this process.
import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { EventEmitter } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { type Crash, describeCrash } from "./servers/crash.ts";
import { guardProcess } from "./watchdog.ts";

export interface OwnedProcess {
  readonly child: ChildProcess;
  /** Emits "line" with each line that the process prints; "exit" with the code or signal, and whether it was stopped here. */
  readonly output: EventEmitter<{ line: [string]; exit: [number | string, wasStopped: boolean] }>;
  /** The last lines that it printed, oldest first. */
  readonly lastLines: readonly string[];
  isRunning(): boolean;
  /** Resolves when the process has gone and all that it printed has been read. */
  readonly ended: Promise<End>;
  /**
   * Resolves with the first match in a line that it prints from now on. Ends the process if none comes in time.
   * @param what for the message: `it listened`
   * @throws ProcessEndError (code PROCESS_ENDED) that says how it ended, with the last lines
   */
  printed(pattern: RegExp, what: string, limitMs: number): Promise<RegExpExecArray>;
  /** Ends the process, by force if it takes too long; resolves when it has gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface End {
  /** The exit code, the signal, or why it could not be started. */
  reason: number | string;
  /** `The browser ended (1): …`, with the last line that it printed. */
  sentence: string;
}

/** A process ended before it printed what was waited for. */
export class ProcessEndError extends Error {
  readonly code = "PROCESS_ENDED";
  readonly crash: Crash;

  constructor(crash: Crash) {
    super(describeCrash(crash));
    this.crash = crash;
  }
}

interface Start {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** What is a pipe among stdout and stderr is read line by line; both are, if left out. */
  stdio?: StdioOptions;
  /** It leads a process group, whose members end with it. Ctrl-C, which a terminal sends to our group, does not reach it. */
  hasOwnGroup?: boolean;
  /** Ends it by force. */
  signal?: AbortSignal;
}

const STOP_TIMEOUT_MS = 3_000;
const MOST_LINES = 40;

/**
 * Starts a program.
 * @param name what it is called in a message, at the beginning of a sentence
 * @param command the program and its arguments
 */
export function ownProcess(
  name: string,
  [program, ...args]: readonly [string, ...string[]],
  { env, cwd, stdio = ["ignore", "pipe", "pipe"], hasOwnGroup = false, signal }: Start = {},
): OwnedProcess {
  const detached = hasOwnGroup && process.platform !== "win32";
  const child = spawn(program, args, { env, cwd, stdio, detached });
  const send = detached ? sendToGroup(child) : child.kill.bind(child);
  const { output, lastLines } = readLines(child);
  let isStopping = false;
  // What it has started would outlive it, and holds its output open. While it is being stopped, that ends cleanly.
  if (detached) child.once("exit", () => isStopping || send("SIGKILL"));
  let isRunning = true;
  // From then on its id may belong to another.
  if (child.pid !== undefined)
    child.once(detached ? "close" : "exit", guardProcess(detached ? -child.pid : child.pid));
  const abort = (): void => void stop("SIGKILL");
  const ended = watchEnd(name, child, lastLines).then((end) => {
    isRunning = false;
    signal?.removeEventListener("abort", abort);
    output.emit("exit", end.reason, isStopping);
    return end;
  });
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();

  async function stop(kind: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (!isRunning) return;
    isStopping = true;
    send(kind);
    const force = globalThis.setTimeout(() => send("SIGKILL"), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(force);
  }

  async function printed(pattern: RegExp, what: string, limitMs: number): Promise<RegExpExecArray> {
    const wait = new AbortController();
    const { signal: isOver } = wait;
    const first = await Promise.race([
      firstMatch(output, pattern, isOver),
      ended.then(({ reason }) => `ended (${reason})`),
      setTimeout(limitMs, `was ended after ${limitMs / 1000} s,`, { signal: isOver }),
    ]).finally(() => wait.abort());
    if (typeof first !== "string") return first;
    await stop();
    throw new ProcessEndError({ sentence: `${name} ${first} before ${what}.`, printed: lastLines });
  }

  return { child, output, lastLines, isRunning: () => isRunning, ended, printed, stop };
}

function sendToGroup({ pid }: ChildProcess): (signal: NodeJS.Signals) => void {
  return (signal) => {
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch (error) {
      // ESRCH: nobody of the group is left.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
}

function watchEnd(name: string, child: ChildProcess, lastLines: readonly string[]): Promise<End> {
  return new Promise((resolve) => {
    // It could not be started at all; "close" does not follow. Later ones are of messages that it does not get any more.
    child.on("error", ({ message }) =>
      resolve({ reason: message, sentence: `${name} could not be started: ${message}` }),
    );
    // "close" and not "exit": by then everything that the process printed has been read.
    child.once("close", (code, signal) => {
      const reason = code ?? signal ?? "unknown";
      const last = lastLines.at(-1);
      resolve({ reason, sentence: `${name} ended (${reason})${last ? `: ${last}` : "."}` });
    });
  });
}

function readLines({ stdout, stderr }: ChildProcess): Pick<OwnedProcess, "output" | "lastLines"> {
  const output: OwnedProcess["output"] = new EventEmitter();
  const lastLines: string[] = [];
  for (const stream of [stdout, stderr]) {
    if (stream === null) continue;
    createInterface(stream).on("line", (line) => {
      lastLines.push(line);
      if (lastLines.length > MOST_LINES) lastLines.shift();
      output.emit("line", line);
    });
  }
  return { output, lastLines };
}

/** @param isOver nobody waits any longer */
function firstMatch(
  output: OwnedProcess["output"],
  pattern: RegExp,
  isOver: AbortSignal,
): Promise<RegExpExecArray> {
  return new Promise((resolve) => {
    const read = (line: string): void => {
      const match = pattern.exec(line);
      if (match !== null) resolve(match);
    };
    output.on("line", read);
    isOver.addEventListener("abort", () => output.off("line", read));
  });
}

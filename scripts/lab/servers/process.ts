// Starts a variant as a process of its own, as a learner would, and stops it again.
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { type Crash, describeCrash } from "./crash.ts";
import { ROOT, startArguments } from "./variants.ts";
import type { AuthMode, Transport, Variant } from "../../model/vocabulary.ts";

/** What a variant is started with; everything that is left out keeps the variant's own default. */
export interface VariantSettings {
  auth?: AuthMode;
  transports?: readonly Transport[];
  /** At least 32 bytes. */
  secret?: string;
  issuer?: string;
  audience?: string;
  lifetimeSeconds?: number;
  /** Prints a line for each check of a credential, and one that says why it was refused. */
  shouldLogChecks?: boolean;
  /** 0, the default here, takes any free port. */
  port?: number;
  host?: string;
}

export interface RunningVariant {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Emits "line" with each line that the process prints, and "exit" with the exit code or signal. */
  readonly output: EventEmitter<{ line: [string]; exit: [number | string] }>;
  /** The last lines that the process printed, oldest first. */
  readonly lastLines: readonly string[];
  isRunning(): boolean;
  /** Ends the process; resolves when it has gone. */
  stop(): Promise<void>;
}

/** A variant ended before it listened. The message holds its last lines. */
export class VariantStartError extends Error {
  readonly code = "VARIANT_DIED_AT_START";
  readonly crash: Crash;

  constructor(crash: Crash) {
    super(describeCrash(crash));
    this.crash = crash;
  }
}

// Far more than a start takes, half a second: a busy machine may need many times that, and one that fails ends by itself.
const STARTUP_TIMEOUT_MS = 40_000;
const STOP_TIMEOUT_MS = 3_000;
const KEPT_LINES = 40;

// The last resort, should nobody come to stop them: a process that ends leaves no variant running.
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** The environment of a variant: the settings, and nothing that slows its start or changes what it does. */
function environmentOf(settings: VariantSettings): NodeJS.ProcessEnv {
  const given: Record<string, string | undefined> = {
    PORT: String(settings.port ?? 0),
    HOST: settings.host,
    AUTH: settings.auth,
    TRANSPORTS: settings.transports?.join(),
    JWT_SECRET: settings.secret,
    JWT_ISSUER: settings.issuer,
    JWT_AUDIENCE: settings.audience,
    TOKEN_LIFETIME_SECONDS: settings.lifetimeSeconds?.toString(),
    // An exercise is a copy in another folder, from where the default does not lead to the page.
    CLIENT_FOLDER: path.join(ROOT, "public", "client"),
    LOG_CHECKS: settings.shouldLogChecks ? "yes" : undefined,
  };
  const { PATH, SystemRoot, TMPDIR, TEMP } = process.env;
  const environment: NodeJS.ProcessEnv = { PATH, SystemRoot, TMPDIR, TEMP, ...given };
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}

/**
 * Starts a variant and waits until it listens.
 * @param options.folder where its files are, if not in its own folder
 * @throws VariantStartError (code VARIANT_DIED_AT_START) with the last lines that it printed
 */
export async function startVariant(
  variant: Variant,
  settings: VariantSettings = {},
  options: { folder?: string } = {},
): Promise<RunningVariant> {
  const child = spawn(process.execPath, startArguments(variant, options.folder), {
    env: environmentOf(settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const output = new EventEmitter<{ line: [string]; exit: [number | string] }>();
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on("line", (line) => {
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      output.emit("line", line);
    });
  }
  let isRunning = true;
  const ended = new Promise<number | string>((resolve) => {
    const end = (reason: number | string): void => {
      isRunning = false;
      running.delete(child);
      output.emit("exit", reason);
      resolve(reason);
    };
    // The process could not be started at all; "close" does not follow.
    child.once("error", (error) => end(error.message));
    // "close" and not "exit": by then everything that the process printed has been read.
    child.once("close", (code, signal) => end(code ?? signal ?? "unknown"));
  });

  async function stop(): Promise<void> {
    child.kill("SIGTERM");
    const force = globalThis.setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(force);
  }

  const url = await firstAddress();
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid!,
    output,
    lastLines,
    isRunning: () => isRunning,
    stop,
  };

  async function firstAddress(): Promise<string> {
    const timer = new AbortController();
    const ends = [
      addressPrinted(output, timer.signal),
      ended.then((reason) => ({ failure: `ended (${reason}) before it listened` })),
      setTimeout(STARTUP_TIMEOUT_MS, undefined, { signal: timer.signal }).then(
        () => ({ failure: `did not listen within ${STARTUP_TIMEOUT_MS / 1000} s` }),
        () => ({ failure: "was not waited for" }),
      ),
    ];
    const first = await Promise.race(ends);
    timer.abort();
    if ("address" in first) return first.address;
    await stop();
    const sentence = `The ${variant} variant ${first.failure}.`;
    throw new VariantStartError({ sentence, printed: lastLines });
  }
}

/** Resolves with the address in the first line that announces one. */
function addressPrinted(
  output: RunningVariant["output"],
  signal: AbortSignal,
): Promise<{ address: string }> {
  return new Promise((resolve) => {
    const read = (line: string): void => {
      const address = /^listening on (http:\S+)$/.exec(line)?.[1];
      if (address !== undefined) resolve({ address });
    };
    output.on("line", read);
    signal.addEventListener("abort", () => output.off("line", read));
  });
}

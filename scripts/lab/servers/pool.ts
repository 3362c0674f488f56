// Keeps variants running, so that an attempt need not wait for a start.
import type { Crash } from "./crash.ts";
import { layOver } from "./overlay.ts";
import { type RunningVariant, startVariant, type VariantSettings } from "./process.ts";
import type { AuthMode, Transport, Variant } from "../../model/vocabulary.ts";

/** What runs: a variant with the settings that can be switched. */
export interface ServerChoice {
  variant: Variant;
  auth: AuthMode;
  /** What the server offers. */
  serverTransports: readonly Transport[];
  /** Absolute; files that are laid over a copy of the variant. */
  overlayFolder?: string;
}

export interface VariantPool {
  /** Does something with that server, which is started if it does not run yet. */
  use<Result>(
    choice: ServerChoice,
    work: (running: RunningVariant) => Promise<Result>,
  ): Promise<Result>;
  /** The same ahead of time: a server that nobody has asked for yet is not the one that stays. */
  warm(choice: ServerChoice, work: (running: RunningVariant) => Promise<unknown>): Promise<void>;
  /** Ends that server; the next use starts it anew. */
  restart(choice: ServerChoice): Promise<void>;
  stopAll(): Promise<void>;
}

interface PoolOptions {
  /** What all servers have in common. */
  settings: VariantSettings;
  /**
   * Called with each line that a server prints, from its first use on: of what runs ahead nobody has asked to hear.
   * @param port of the server
   */
  onLine: (line: string, choice: ServerChoice, port: number) => void;
  /** Called when a server can be used. */
  onListening?: ((choice: ServerChoice) => void) | undefined;
  /** Called when a server ends that nobody stopped. */
  onCrash: (crash: Crash, choice: ServerChoice) => void;
  /** How many servers stay running while nobody uses them. */
  mostIdle?: number;
  /** How long a server stays running while nobody uses it; the one that was used last stays. */
  idleMs?: number;
}

interface Entry {
  choice: ServerChoice;
  started: Promise<RunningVariant>;
  users: number;
  lastUse: number;
  /** False as long as it was only warmed. */
  isUsed: boolean;
  /** Runs while nobody uses it. */
  idleTimer: NodeJS.Timeout | undefined;
  /** Nobody has used it for so long that it may end. */
  isOverdue: boolean;
  isStopping: boolean;
}

/** Each takes about 23 MB, a lesson uses up to three, and all that are one flip away from them are about eight more. */
export const MOST_IDLE = 12;
/**
 * Long enough to read a lesson's words between two runs. A sandbox that stays open for a day holds one server then
 * (the next run shall not wait for a start), and starts the others at the next run.
 */
const IDLE_MS = 5 * 60_000;
const SHOWN_LINES = 10;

/** Opens an empty pool. */
export function openVariantPool({
  settings,
  onLine,
  onCrash,
  onListening,
  mostIdle = MOST_IDLE,
  idleMs = IDLE_MS,
}: PoolOptions): VariantPool {
  const entries = new Map<string, Entry>();
  let uses = 0;
  let lastUsed: Entry | undefined;
  let isStopped = false;

  /** Counts the caller as a user before anything else can happen, so that nobody stops what it is about to use. */
  function acquire(key: string, choice: ServerChoice, folder: string | undefined): Entry {
    if (isStopped) throw new Error("The pool of variants has been stopped.");
    const entry = entries.get(key) ?? open(key, choice, folder);
    entry.users += 1;
    clearTimeout(entry.idleTimer);
    entry.isOverdue = false;
    return entry;
  }

  function open(key: string, choice: ServerChoice, folder: string | undefined): Entry {
    const { variant, auth, serverTransports: transports } = choice;
    const own = { ...settings, auth, transports };
    const started = startVariant(variant, own, folder ? { folder } : {});
    const entry: Entry = {
      choice,
      started,
      users: 0,
      lastUse: 0,
      isUsed: false,
      idleTimer: undefined,
      isOverdue: false,
      isStopping: false,
    };
    entries.set(key, entry);
    started.then(
      (running) => watch(key, entry, running),
      // Whoever uses it is told; the next use tries again.
      () => forget(key, entry),
    );
    return entry;
  }

  function watch(key: string, entry: Entry, { output, lastLines, port }: RunningVariant): void {
    onListening?.(entry.choice);
    output.on("line", (line) => {
      if (entry.isUsed) onLine(line, entry.choice, port);
    });
    output.on("exit", (reason) => {
      forget(key, entry);
      if (entry.isStopping) return;
      const { variant, auth } = entry.choice;
      const sentence = `The ${variant} variant (${auth}) ended (${reason}).`;
      onCrash({ sentence, printed: lastLines.slice(-SHOWN_LINES) }, entry.choice);
    });
  }

  function forget(key: string, entry: Entry): void {
    // By now another one may run in its place.
    if (entries.get(key) === entry) entries.delete(key);
  }

  async function stop(key: string, entry: Entry): Promise<void> {
    entry.isStopping = true;
    clearTimeout(entry.idleTimer);
    entries.delete(key);
    const [running] = await Promise.allSettled([entry.started]);
    if (running.status === "fulfilled") await running.value.stop();
  }

  function release(key: string, entry: Entry): void {
    entry.users -= 1;
    entry.lastUse = uses++;
    // One that was stopped or has crashed meanwhile needs no timer.
    if (entry.users === 0 && entries.get(key) === entry) {
      // Nobody waits for it: a process that has nothing else to do ends, and its servers with it.
      entry.idleTimer = setTimeout(() => {
        entry.isOverdue = true;
        void stopIdle();
      }, idleMs).unref();
    }
    void stopIdle();
  }

  /** Stops what was idle too long, and what was idle longest of too many. */
  async function stopIdle(): Promise<void> {
    const idle = [...entries].filter(([, { users }]) => users === 0);
    const longestIdle = idle.toSorted(([, one], [, other]) => one.lastUse - other.lastUse);
    const surplus = idle.length - mostIdle;
    const over = longestIdle.filter(
      ([, entry], index) => index < surplus || (entry.isOverdue && entry !== lastUsed),
    );
    await Promise.all(over.map(([key, entry]) => stop(key, entry)));
  }

  async function useEntry<Result>(
    choice: ServerChoice,
    work: (entry: Entry) => Promise<Result>,
  ): Promise<Result> {
    const folder = choice.overlayFolder && (await layOver(choice.variant, choice.overlayFolder));
    const key = keyOf(choice, folder);
    const entry = acquire(key, choice, folder);
    try {
      return await work(entry);
    } finally {
      release(key, entry);
    }
  }

  return {
    use: (choice, work) =>
      useEntry(choice, async (entry) => {
        lastUsed = entry;
        entry.isUsed = true;
        return work(await entry.started);
      }),
    warm: (choice, work) =>
      useEntry(choice, async ({ started }) => {
        await work(await started);
      }),
    async restart(choice) {
      const folder = choice.overlayFolder && (await layOver(choice.variant, choice.overlayFolder));
      const key = keyOf(choice, folder);
      const entry = entries.get(key);
      if (entry !== undefined) await stop(key, entry);
    },
    async stopAll() {
      isStopped = true;
      await Promise.all([...entries].map(([key, entry]) => stop(key, entry)));
    },
  };
}

/** The same for two choices of the same server. */
export function serverKey(choice: ServerChoice): string {
  const { variant, auth, serverTransports, overlayFolder } = choice;
  return JSON.stringify([variant, auth, serverTransports.toSorted(), overlayFolder]);
}

// The folder of an overlay is named by its content: files that were edited since the last use make another server.
function keyOf(choice: ServerChoice, folder?: string): string {
  return `${serverKey(choice)} ${folder}`;
}

// Keeps variants running, so that an attempt need not wait for a start.
import { layOver } from "./overlay.ts";
import { type RunningVariant, startVariant, type VariantSettings } from "./variant-process.ts";
import type { AuthMode, Transport, Variant } from "./variants.ts";

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
  /** Ends that server; the next use starts it anew. */
  restart(choice: ServerChoice): Promise<void>;
  stopAll(): Promise<void>;
}

interface PoolOptions {
  /** What all servers have in common. */
  settings: VariantSettings;
  /** Called with each line that a server prints. */
  onLine: (line: string, choice: ServerChoice) => void;
  /** Called with one sentence and the last lines when a server ends that nobody stopped. */
  onCrash: (message: string, choice: ServerChoice) => void;
  /** How many servers stay running while nobody uses them. */
  mostIdle?: number;
}

interface Entry {
  choice: ServerChoice;
  started: Promise<RunningVariant>;
  users: number;
  lastUse: number;
  isStopping: boolean;
}

/** Each takes about 23 MB, and a lesson uses about six. */
const MOST_IDLE = 8;
const SHOWN_LINES = 10;

/** Opens an empty pool. */
export function openVariantPool({
  settings,
  onLine,
  onCrash,
  mostIdle = MOST_IDLE,
}: PoolOptions): VariantPool {
  const entries = new Map<string, Entry>();
  let uses = 0;
  let isStopped = false;

  /** Counts the caller as a user before anything else can happen, so that nobody stops what it is about to use. */
  function acquire(key: string, choice: ServerChoice, folder: string | undefined): Entry {
    if (isStopped) throw new Error("The pool of variants has been stopped.");
    const entry = entries.get(key) ?? open(key, choice, folder);
    entry.users += 1;
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

  function watch(key: string, entry: Entry, { output, lastLines }: RunningVariant): void {
    output.on("line", (line) => onLine(line, entry.choice));
    output.on("exit", (reason) => {
      forget(key, entry);
      if (entry.isStopping) return;
      const { variant, auth } = entry.choice;
      const said = lastLines.slice(-SHOWN_LINES).join("\n");
      onCrash(
        `The ${variant} variant (${auth}) ended (${reason}). It printed:\n${said}`,
        entry.choice,
      );
    });
  }

  function forget(key: string, entry: Entry): void {
    // By now another one may run in its place.
    if (entries.get(key) === entry) entries.delete(key);
  }

  async function stop(key: string, entry: Entry): Promise<void> {
    entry.isStopping = true;
    entries.delete(key);
    const [running] = await Promise.allSettled([entry.started]);
    if (running.status === "fulfilled") await running.value.stop();
  }

  async function stopLongestIdle(): Promise<void> {
    const idle = [...entries].filter(([, { users }]) => users === 0);
    const longestIdle = idle.toSorted(([, one], [, other]) => one.lastUse - other.lastUse);
    const tooMany = longestIdle.slice(0, Math.max(0, idle.length - mostIdle));
    await Promise.all(tooMany.map(([key, entry]) => stop(key, entry)));
  }

  return {
    async use(choice, work) {
      const folder = choice.overlayFolder && (await layOver(choice.variant, choice.overlayFolder));
      const entry = acquire(keyOf(choice, folder), choice, folder);
      try {
        return await work(await entry.started);
      } finally {
        entry.users -= 1;
        entry.lastUse = uses++;
        void stopLongestIdle();
      }
    },
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

// The folder of an overlay is named by its content: files that were edited since the last use make another server.
function keyOf({ variant, auth, serverTransports }: ServerChoice, folder?: string): string {
  return JSON.stringify([variant, auth, serverTransports.toSorted(), folder]);
}

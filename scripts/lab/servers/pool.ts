// Keeps variants running for as long as they are used, and little else: a person who flips a switch need not wait for a start.
import type { Crash } from "./crash.ts";
import { layOver } from "./overlay.ts";
import {
  type MoreSettings,
  type RunningVariant,
  startVariant,
  type VariantSettings,
} from "./process.ts";
import { openRelay, type Relay } from "./relay.ts";
import { openSpares } from "./spares.ts";
import type { AuthMode, Transport, Variant } from "../../model/vocabulary.ts";

/** What runs: a variant with the settings that can be switched. */
export interface ServerChoice {
  variant: Variant;
  auth: AuthMode;
  /** What the server offers. */
  serverTransports: readonly Transport[];
  /** Absolute; files that are laid over a copy of the variant. */
  overlayFolder?: string;
  /** Further settings, by their names in the environment. */
  settings?: MoreSettings;
  /** How many of them share one address; 1, if left out. */
  servers?: number;
}

export interface VariantPool {
  /** Does something with that server, and those that share its address. What does not run yet is started. */
  use<Result>(
    choice: ServerChoice,
    work: (running: RunningVariant, ...further: RunningVariant[]) => Promise<Result>,
  ): Promise<Result>;
  /** Ends that server, and those that share its address; the next use starts them again. */
  restart(choice: ServerChoice): Promise<void>;
  /** Ends one of them by force. @param number counted from 1 */
  kill(choice: ServerChoice, number: number): Promise<void>;
  stopAll(): Promise<void>;
}

export interface PoolOptions {
  /** What all servers have in common. */
  settings: VariantSettings;
  /** Called with each line that a server prints. @param port of the server */
  onLine: (line: string, choice: ServerChoice, port: number) => void;
  /** Called when a server can be used. */
  onListening?: ((choice: ServerChoice, pid: number) => void) | undefined;
  /** Called when a server ends that nobody stopped. */
  onCrash: (crash: Crash, choice: ServerChoice) => void;
  /** How many servers stay running between two uses. */
  mostIdle?: number;
  /** Where a person may flip a switch: when nothing is used, spare processes stand by, and soon nothing else runs. */
  startsAhead?: boolean;
  /** Called when the spare processes are ready. */
  onStandingBy?: (() => void) | undefined;
  /** How long servers stay running when nothing is used, where spare processes stand by. */
  calmMs?: number;
}

interface Start {
  folder: string | undefined;
  relay: Relay | undefined;
}

interface Entry {
  choice: ServerChoice;
  started: Promise<RunningVariant>;
  users: number;
  lastUse: number;
  isStopping: boolean;
}

/** A lesson uses up to four, some 60 to 90 MB each; a class may flip many switches at once. */
const MOST_IDLE = 12;
/** Long enough to look at an outcome and flip back. */
export const CALM_MS = 5_000;
/** Something is used again at once where one attempt follows another, and shall have the machine to itself. */
const STAND_BY_MS = 200;
const SHOWN_LINES = 10;

/** Opens an empty pool. */
export function openVariantPool({
  settings,
  onLine,
  onCrash,
  onListening,
  onStandingBy,
  mostIdle = MOST_IDLE,
  startsAhead = false,
  calmMs = CALM_MS,
}: PoolOptions): VariantPool {
  const entries = new Map<string, Entry>();
  const spares = openSpares();
  const relayOf = openRelays();
  let uses = 0;
  let inUse = 0;
  let timers: NodeJS.Timeout[] = [];
  let isStopped = false;

  /** Counts the caller as a user before anything else can happen, so that nobody stops what it is about to use. */
  function acquire(key: string, choice: ServerChoice, how: Start): Entry {
    if (isStopped) throw new Error("The pool of variants has been stopped.");
    const entry = entries.get(key) ?? open(key, choice, how);
    entry.users += 1;
    inUse += 1;
    for (const timer of timers) clearTimeout(timer);
    return entry;
  }

  function open(key: string, choice: ServerChoice, how: Start): Entry {
    const { variant, auth, serverTransports: transports, settings: more } = choice;
    const own = { ...settings, auth, transports, more };
    const started = startVariant(variant, own, { ...how, spare: spares.take(variant) });
    const entry: Entry = { choice, started, users: 0, lastUse: 0, isStopping: false };
    entries.set(key, entry);
    started.then(
      (running) => watch(key, entry, running),
      // Whoever uses it is told; the next use tries again.
      () => forget(key, entry),
    );
    return entry;
  }

  function watch(key: string, entry: Entry, running: RunningVariant): void {
    const { output, lastLines, pid, port } = running;
    onListening?.(entry.choice, pid);
    output.on("line", (line) => onLine(line, entry.choice, port));
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

  async function stop(key: string, entry: Entry, signal?: NodeJS.Signals): Promise<void> {
    entry.isStopping = true;
    entries.delete(key);
    const [running] = await Promise.allSettled([entry.started]);
    if (running.status === "fulfilled") await running.value.stop(signal);
  }

  async function stopAt(key: string, signal?: NodeJS.Signals): Promise<void> {
    const entry = entries.get(key);
    if (entry !== undefined) await stop(key, entry, signal);
  }

  function release(entry: Entry): void {
    entry.users -= 1;
    entry.lastUse = uses++;
    inUse -= 1;
    stopIdle(mostIdle);
    if (inUse > 0 || !startsAhead || isStopped) return;
    // Nobody waits for them: a process that has nothing else to do ends, and its servers with it.
    timers = [
      setTimeout(() => void spares.refill().then(onStandingBy), STAND_BY_MS).unref(),
      setTimeout(() => stopIdle(0), calmMs).unref(),
    ];
  }

  /** Stops those that were idle longest, all but so many. */
  function stopIdle(most: number): void {
    const idle = [...entries].filter(([, { users }]) => users === 0);
    const latestFirst = idle.toSorted(([, one], [, other]) => other.lastUse - one.lastUse);
    for (const [key, entry] of latestFirst.slice(most)) void stop(key, entry);
  }

  return {
    async use(choice, work) {
      const { keys, folder } = await placesOf(choice);
      const relay = relayOf(choice);
      const used = keys.map((key) => acquire(key, choice, { folder, relay }));
      try {
        const [running, ...further] = await Promise.all(used.map(({ started }) => started));
        await relay?.met();
        return await work(running!, ...further);
      } finally {
        for (const entry of used) release(entry);
      }
    },
    async restart(choice) {
      const { keys } = await placesOf(choice);
      await Promise.all(keys.map((key) => stopAt(key)));
    },
    async kill(choice, number) {
      const { keys } = await placesOf(choice);
      await stopAt(keys[number - 1]!, "SIGKILL");
    },
    async stopAll() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      const servers = [...entries].map(([key, entry]) => stop(key, entry));
      await Promise.all([spares.stopAll(), ...servers]);
    },
  };
}

/** The same for two choices of the same server, or of the same servers at one address. */
export function serverKey(choice: ServerChoice): string {
  const { variant, auth, serverTransports, overlayFolder, settings, servers } = choice;
  const offered = serverTransports.toSorted();
  return JSON.stringify([variant, auth, offered, overlayFolder, settings, servers]);
}

/** For each of the servers that share an address. */
export function keysOf(choice: ServerChoice): string[] {
  return Array.from({ length: choice.servers ?? 1 }, (_, at) => `${serverKey(choice)} ${at + 1}`);
}

/** Servers that share an address reach each other by one relay, if their adapter needs one. */
export function openRelays(): (choice: ServerChoice) => Relay | undefined {
  const relays = new Map<string, Relay>();
  return (choice) => {
    if (choice.settings?.["ADAPTER"] !== "cluster") return undefined;
    const key = serverKey(choice);
    const relay = relays.get(key) ?? openRelay();
    relays.set(key, relay);
    return relay;
  };
}

async function placesOf(
  choice: ServerChoice,
): Promise<{ keys: string[]; folder: string | undefined }> {
  const { variant, overlayFolder } = choice;
  const folder = overlayFolder && (await layOver(variant, overlayFolder));
  // The folder of an overlay is named by its content: files that were edited since the last use make another server.
  return { keys: keysOf(choice).map((key) => `${key} ${folder}`), folder };
}

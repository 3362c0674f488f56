// Keeps variants running while they are used, and not much longer: a person who flips a switch need not wait for a start.
import type { Crash } from "./crash.ts";
import { type Nodes, type NodesOptions, startNodes } from "./nodes.ts";
import { layOver } from "./overlay.ts";
import {
  type MoreSettings,
  type RunningVariant,
  startVariant,
  type VariantSettings,
} from "./process.ts";
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
  /** Does something with that server, and those that share its address. What does not run, or no longer, is started. */
  use<Result>(
    choice: ServerChoice,
    work: (running: RunningVariant, ...further: RunningVariant[]) => Promise<Result>,
  ): Promise<Result>;
  /** Ends that server, and those that share its address, or all servers; the next use starts them again. */
  restart(choice?: ServerChoice): Promise<void>;
  /** Ends one of them by force. @param number counted from 1 */
  kill(choice: ServerChoice, number: number): Promise<void>;
  stopAll(): Promise<void>;
}

export interface PoolOptions {
  /** What all servers have in common. */
  settings: VariantSettings;
  /** How one is started, if not by `startVariant`. */
  start?: NodesOptions["start"];
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

interface Entry {
  count: number;
  nodes: Promise<Nodes>;
  users: number;
}

type Place = [key: string, folder?: string | undefined];

/** A lesson uses up to four, some 60 to 90 MB each; a class may flip many switches at once. */
const MOST_IDLE = 12;
/** Long enough to look at an outcome and flip back. */
export const CALM_MS = 5_000;
/** Where one attempt follows another, a server is used again at once, and should have the machine to itself. */
const STAND_BY_MS = 200;

/** Opens an empty pool. */
export function openVariantPool({
  settings,
  start = startVariant,
  onLine,
  onCrash,
  onListening,
  onStandingBy,
  mostIdle = MOST_IDLE,
  startsAhead = false,
  calmMs = CALM_MS,
}: PoolOptions): VariantPool {
  /** In the order of their last use. */
  const entries = new Map<string, Entry>();
  const spares = openSpares();
  let timers: NodeJS.Timeout[] = [];
  let isStopped = false;

  /** Counts the caller as a user before anything else can happen, so that nobody stops what it is about to use. */
  function acquire(choice: ServerChoice, [key, folder]: Place): Entry {
    if (isStopped) throw new Error("The pool of variants has been stopped.");
    const entry = entries.get(key) ?? open(choice, [key, folder]);
    entries.delete(key);
    entries.set(key, entry);
    entry.users += 1;
    for (const timer of timers) clearTimeout(timer);
    return entry;
  }

  function open(choice: ServerChoice, [key, folder]: Place): Entry {
    const { variant, auth, serverTransports: transports, servers: count = 1 } = choice;
    const nodes = startNodes({
      variant,
      count,
      settings: { ...settings, auth, transports, more: choice.settings },
      folder,
      start: (_, own, how) => start(variant, own, { ...how, spare: spares.take(variant) }),
      onStart: (server) => watch(choice, server),
    });
    const entry: Entry = { count, nodes, users: 0 };
    // Its users get the error; the next use tries again.
    nodes.catch(() => entries.get(key) === entry && entries.delete(key));
    return entry;
  }

  function watch(choice: ServerChoice, { output, lastLines, pid, port }: RunningVariant): void {
    onListening?.(choice, pid);
    output.on("line", (line) => onLine(line, choice, port));
    output.on("exit", (reason, wasStopped) => {
      if (wasStopped) return;
      const sentence = `The ${choice.variant} variant (${choice.auth}) ended (${reason}).`;
      onCrash({ sentence, printed: lastLines }, choice);
    });
  }

  async function stop(key: string): Promise<void> {
    const entry = entries.get(key);
    entries.delete(key);
    const [nodes] = await Promise.allSettled([entry?.nodes]);
    if (nodes.status === "fulfilled") await nodes.value?.stop();
  }

  function release(entry: Entry): void {
    entry.users -= 1;
    stopIdle(mostIdle);
    const isCalm = [...entries.values()].every(({ users }) => users === 0);
    if (!isCalm || !startsAhead || isStopped) return;
    // Nobody waits for them: a process that has nothing else to do ends, and its servers with it.
    timers = [
      setTimeout(() => void spares.refill().then(onStandingBy), STAND_BY_MS).unref(),
      setTimeout(() => stopIdle(0), calmMs).unref(),
    ];
  }

  /** Stops those that were idle longest, all but so many. */
  function stopIdle(most: number): void {
    let idle = 0;
    for (const [key, { users, count }] of [...entries].toReversed())
      if (users === 0 && (idle += count) > most) void stop(key);
  }

  return {
    async use(choice, work) {
      const entry = acquire(choice, await placeOf(choice));
      try {
        const [server, ...further] = await (await entry.nodes).complete();
        return await work(server!, ...further);
      } finally {
        release(entry);
      }
    },
    async restart(choice) {
      const keys = choice === undefined ? [...entries.keys()] : [(await placeOf(choice))[0]];
      await Promise.all(keys.map(stop));
    },
    async kill(choice, number) {
      const [key] = await placeOf(choice);
      const nodes = await entries.get(key)?.nodes;
      await nodes?.servers[number - 1]?.stop("SIGKILL");
    },
    async stopAll() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([spares.stopAll(), ...[...entries.keys()].map(stop)]);
    },
  };
}

/** The same for two choices of the same server, or of the same servers at one address. */
export function serverKey(choice: ServerChoice): string {
  const { variant, auth, serverTransports, overlayFolder, settings, servers } = choice;
  const offered = serverTransports.toSorted();
  return JSON.stringify([variant, auth, offered, overlayFolder, settings, servers]);
}

async function placeOf(choice: ServerChoice): Promise<Place> {
  const { variant, overlayFolder } = choice;
  if (overlayFolder === undefined) return [serverKey(choice)];
  const folder = await layOver(variant, overlayFolder);
  // It is named by its content: files that were edited since the last use make another server.
  return [`${serverKey(choice)} ${folder}`, folder];
}

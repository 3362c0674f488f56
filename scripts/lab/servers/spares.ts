// Processes that have loaded what a variant needs and wait for the name of the file to run: so a server is there in some 20 ms,
// while none has to run for each that may be wanted next.
import path from "node:path";
import { type OwnedProcess, ownProcess } from "../owned-process.ts";
import { bareEnvironment } from "./process.ts";
import { flagsFor, ROOT } from "./variants.ts";
import type { Variant } from "../../model/vocabulary.ts";

export interface Spares {
  /** One for this format, which nobody else is given; undefined if there is none. It may still be loading. */
  take(variant: Variant): OwnedProcess | undefined;
  /** The same, and where there is none, one is started; undefined if that fails. */
  takeOrStart(variant: Variant): Promise<OwnedProcess | undefined>;
  /** Starts those that are missing, one after the other, so that each has the machine to itself. */
  refill(): Promise<void>;
  stopAll(): Promise<void>;
}

/** CommonJS and ES modules load the same packages into the same process; TypeScript needs its loader from the start. */
const KINDS: Record<Variant, string> = { cjs: "plain", esm: "plain", ts: "ts" };
const MOST_TRIES = 5;
const PROGRAM = path.join(ROOT, "scripts", "lab", "servers", "spare.mjs");

interface SparesOptions {
  /** The formats that they are for. */
  variants?: readonly Variant[];
  /** Whether they say where their code loops (`guard.mjs`): for code that a person is writing. */
  isGuarded?: boolean;
  /** Whether they load no packages: for what is not a server. */
  isBare?: boolean;
}

/** None is started yet. */
export function openSpares({
  variants = ["cjs", "ts"],
  isGuarded = false,
  isBare = false,
}: SparesOptions = {}): Spares {
  const flags = [...(isGuarded ? ["--guarded"] : []), ...(isBare ? ["--bare"] : [])];
  const spares = new Map<string, OwnedProcess>();
  let filling: Promise<void> | undefined;
  let isStopped = false;

  async function fill(): Promise<void> {
    for (const variant of variants) {
      if (isStopped || spares.get(KINDS[variant])?.isRunning()) continue;
      const spare = start(variant, flags);
      spares.set(KINDS[variant], spare);
      // If one fails, the start that takes it reports that and goes on without it.
      const isReady = new Promise((resolve) => spare.child.once("message", resolve));
      await Promise.race([isReady, spare.ended]);
    }
  }

  function take(variant: Variant): OwnedProcess | undefined {
    const spare = spares.get(KINDS[variant]);
    spares.delete(KINDS[variant]);
    return spare?.isRunning() ? spare : undefined;
  }

  const refill = (): Promise<void> => (filling ??= fill().finally(() => (filling = undefined)));

  return {
    take,
    async takeOrStart(variant) {
      let spare = take(variant);
      // Another start, such as that of an earlier save, may have waited for the same one.
      for (let tries = 0; spare === undefined && tries < MOST_TRIES; tries += 1) {
        await refill();
        spare = take(variant);
      }
      return spare;
    },
    refill,
    async stopAll() {
      isStopped = true;
      await Promise.all([...spares.values()].map((spare) => spare.stop()));
    },
  };
}

function start(variant: Variant, flags: string[]): OwnedProcess {
  const command = [process.execPath, "--expose-gc", ...flagsFor(variant), PROGRAM, ...flags];
  return ownProcess("A spare process", command as [string, ...string[]], {
    env: bareEnvironment(),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

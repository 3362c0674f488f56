// The sandbox at the port of last time, so that a page that is still open finds it again and is let in with its pass.
import { randomInt } from "node:crypto";
import path from "node:path";
import { keptFolder } from "../lab/kept-file.ts";
import { openKeptAddress } from "./kept-address.ts";
import type { KeptPass } from "./keys.ts";
import { portIn } from "./own-address.ts";
import { openSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";

/** Above those that browsers refuse; those from 32768 up a system gives to whoever asks for any. */
const FIRST_PORTS = [11_000, 32_000] as const;
/** In use, or given to nobody without more rights. */
const TAKEN = new Set(["EADDRINUSE", "EACCES"]);

export interface ReopenOptions extends Omit<SandboxOptions, "passes" | "onPasses"> {
  /** Called with one sentence about what is not as it was last time. */
  onRemark: (sentence: string) => void;
}

/**
 * Opens the sandbox where it was last; at another port for this time if that one is in use.
 * @param options with a port, at that one and no other
 * @throws the system's error, if that port cannot be had (code EADDRINUSE, EACCES)
 */
export async function reopenSandbox(
  { onRemark, ...options }: ReopenOptions,
  file = path.join(keptFolder(), "address.json"),
): Promise<Sandbox> {
  const kept = await openKeptAddress(file, onRemark);
  const { last } = kept;

  async function openAt(wanted: number, passes: readonly KeptPass[]): Promise<Sandbox> {
    let address = { port: wanted, passes: [...passes] };
    const onPasses = (all: readonly KeptPass[]): void => {
      address = { ...address, passes: [...all] };
      void kept.keep(address);
    };
    const sandbox = await openSandbox({ ...options, port: wanted, passes, onPasses });
    // Which port it is only shows now if any was wanted.
    address = { ...address, port: portIn(sandbox.lab.origin) };
    await kept.keep(address);
    return {
      ...sandbox,
      async close() {
        await sandbox.close();
        await kept.keep(address);
      },
    };
  }

  const wanted = options.port ?? last?.port ?? randomInt(...FIRST_PORTS);
  try {
    // A pass is good where it was given, and nowhere else.
    return await openAt(wanted, last?.port === wanted ? last.passes : []);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (options.port !== undefined || !TAKEN.has(code)) throw error;
  }
  if (last === undefined) return openAt(0, []);
  onRemark(
    `Port ${wanted} is in use: this time the sandbox is at another one, and pages that are open at the old one do not find it.`,
  );
  // The next run tries again. But a page that is loaded anew meanwhile hands its pass to who listens there, so that those are
  // good no longer.
  await kept.keep({ port: wanted, passes: [] });
  return openSandbox({ ...options, port: 0 });
}

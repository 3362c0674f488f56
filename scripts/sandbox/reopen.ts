// Opens the sandbox at its last port, so that a page that is still open finds it and is let in with its pass.
import path from "node:path";
import { storageFolder } from "../lab/stored-file.ts";
import { openStoredAddress } from "./stored-address.ts";
import type { StoredPass } from "./keys.ts";
import { portIn } from "./own-address.ts";
import { openSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";

/**
 * The same on every machine, so that a link that somebody sent opens. Above the ports that browsers refuse, below 32768,
 * where systems choose ports for clients; JSON Web Tokens are RFC 7519.
 */
const USUAL_PORT = 17_519;
/** In use, or reserved for users with more rights. */
const TAKEN = new Set(["EADDRINUSE", "EACCES"]);

interface ReopenOptions extends Omit<SandboxOptions, "passes" | "onPasses"> {
  /** Called with one sentence when something is not as it was last time. */
  onRemark: (sentence: string) => void;
}

/**
 * Opens the sandbox at its last port; if that one is in use, at another port for this run. The first time, at the usual
 * port, or else at one that it uses from then on: several copies of the project may run at once.
 * @param options with a port, only that port
 * @throws the system's error, if that port cannot be had (code EADDRINUSE, EACCES)
 */
export async function reopenSandbox(
  { onRemark, ...options }: ReopenOptions,
  file = path.join(storageFolder(), "address.json"),
  usual = USUAL_PORT,
): Promise<Sandbox> {
  const stored = await openStoredAddress(file, onRemark);
  const { last } = stored;

  async function openAt(wanted: number, passes: readonly StoredPass[]): Promise<Sandbox> {
    let address = { port: wanted, passes: [...passes] };
    const onPasses = (all: readonly StoredPass[]): Promise<void> => {
      address = { ...address, passes: [...all] };
      return stored.store(address);
    };
    const sandbox = await openSandbox({ ...options, port: wanted, passes, onPasses });
    // Port 0 asks for any free port.
    address = { ...address, port: portIn(sandbox.lab.origin) };
    await stored.store(address);
    return {
      ...sandbox,
      async close() {
        await sandbox.close();
        await stored.store(address);
      },
    };
  }

  const wanted = options.port ?? last?.port ?? usual;
  try {
    // A pass is valid only at the port where it was issued.
    return await openAt(wanted, last?.port === wanted ? last.passes : []);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (options.port !== undefined || !TAKEN.has(code)) throw error;
  }
  if (last === undefined) return openAt(0, []);
  onRemark(
    `Port ${wanted} is in use, so the sandbox uses another one for this run. Pages that are open at the old one do not find it.`,
  );
  // The next run tries the old port again. Its passes are dropped: a tab that is reloaded while another program serves that
  // port runs the code of that program, which can read the pass.
  await stored.store({ port: wanted, passes: [] });
  return openSandbox({ ...options, port: 0 });
}

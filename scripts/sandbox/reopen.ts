// The sandbox at the address of last time, so that a page that is still open finds it again by itself.
import { randomInt } from "node:crypto";
import path from "node:path";
import * as v from "valibot";
import { isBadPort } from "../lab/bad-ports.ts";
import { keepFile, KeepError, keptFolder, readIfThere } from "../lab/kept-file.ts";
import { openSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";
import { makeKey } from "./doors.ts";
import { portIn } from "./own-address.ts";

const KEPT = {
  /** The key is in it. */
  mode: 0o600,
  loss: "a page that is open does not find the sandbox again after a restart",
};
/** Above those that browsers refuse; those from 32768 up a system gives to whoever asks for any. */
const FIRST_PORTS = [11_000, 32_000] as const;

const ADDRESS = v.strictObject({
  port: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(65_535),
    v.check((port) => !isBadPort(port)),
  ),
  key: v.pipe(v.string(), v.regex(/^[\w-]{22}$/)),
});
type Address = v.InferOutput<typeof ADDRESS>;

export interface ReopenOptions extends SandboxOptions {
  /** Called with one sentence if the address cannot be kept; everything else goes on. */
  onRemark: (sentence: string) => void;
}

/**
 * Opens the sandbox where it was last, or at another port if that one is in use by now.
 * @param options with a port, at that one and no other
 * @throws the system's error, if that port cannot be had (code EADDRINUSE, EACCES)
 */
export async function reopenSandbox(
  { onRemark, ...options }: ReopenOptions,
  file = path.join(keptFolder(), "address.json"),
): Promise<Sandbox> {
  let hasRemarked = false;
  const tell = (error: unknown): undefined => {
    if (!(error instanceof KeepError)) throw error;
    // Who cannot read it cannot write it either, most often.
    if (!hasRemarked) onRemark(error.message);
    hasRemarked = true;
  };
  const kept = await readAddress(file).catch(tell);
  const key = kept?.key ?? makeKey();
  const sandbox = await openAt(kept?.port ?? randomInt(...FIRST_PORTS), { ...options, key });
  const address: Address = { port: portIn(sandbox.lab.origin), key };
  await keepFile(file, `${JSON.stringify(address)}\n`, KEPT).catch(tell);
  return sandbox;
}

async function openAt(lastPort: number, options: SandboxOptions): Promise<Sandbox> {
  if (options.port !== undefined) return openSandbox(options);
  try {
    return await openSandbox({ ...options, port: lastPort });
  } catch (error) {
    // Taken by somebody else, or kept by a user of this machine with more rights.
    if (!/^(?:EADDRINUSE|EACCES)$/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return openSandbox({ ...options, port: 0 });
  }
}

/** Undefined as well if the file is no address: nothing of a person's is in it, and it is written anew. */
async function readAddress(file: string): Promise<Address | undefined> {
  const text = (await readIfThere(file, KEPT.loss)) ?? "null";
  try {
    const result = v.safeParse(ADDRESS, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

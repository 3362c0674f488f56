// Stores the port of the sandbox and the passes that it has issued there, in a file that only its owner can read.
import { stat } from "node:fs/promises";
import * as v from "valibot";
import { isBadPort } from "../lab/bad-ports.ts";
import { storeFile, StorageError, readIfThere } from "../lab/stored-file.ts";
import { onceMore } from "./once-more.ts";

const STORED = {
  // Its content does not open the sandbox, but another program could use it to pass for the sandbox.
  mode: 0o600,
  loss: "a page that is open does not find the sandbox again after a restart",
};

const hash = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const ADDRESS = v.strictObject({
  port: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(65_535),
    v.check((port) => !isBadPort(port)),
  ),
  passes: v.array(v.strictObject({ name: hash, prover: hash, until: v.number() })),
});
type Address = v.InferOutput<typeof ADDRESS>;

interface StoredAddress {
  /** What the last run stored; undefined if there is nothing. */
  readonly last: Address | undefined;
  /** Resolves once the file holds this address, or a later one. */
  store(address: Address): Promise<void>;
}

/** @param onRemark called with one sentence if the file cannot be used; the sandbox runs without it */
export async function openStoredAddress(
  file: string,
  onRemark: (sentence: string) => void,
): Promise<StoredAddress> {
  let hasTold = false;
  function tell(error: unknown): undefined {
    if (!(error instanceof StorageError)) throw error;
    // One sentence is enough: a file that cannot be read cannot be written either, for the same reason.
    if (!hasTold) onRemark(error.message);
    hasTold = true;
  }

  let address: Address | undefined;
  const write = onceMore(() =>
    storeFile(file, `${JSON.stringify(address)}\n`, STORED).catch((error: unknown) => tell(error)),
  );
  return {
    last: await read(file).catch(tell),
    store(latest) {
      address = latest;
      return write();
    },
  };
}

/** Undefined also if the content is damaged: it holds nothing that a person wrote, and is replaced. */
async function read(file: string): Promise<Address | undefined> {
  const text = (await readIfThere(file, STORED.loss)) ?? "null";
  // Another user who may write to this folder could plant passes of their own.
  if (text !== "null" && (await stat(file)).uid !== (process.getuid?.() ?? 0)) return undefined;
  try {
    const result = v.safeParse(ADDRESS, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

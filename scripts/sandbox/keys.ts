// What opens the sandbox: a key works once, and the page that uses it gets a pass to come back with.
//
// A key is part of an address, so it ends up in a browser's history and on a screen: once it has been used, it is worthless.
// A pass stays in one tab. It is valid for this run, and for a week at most. A later run accepts it once and replaces it,
// so that an open page continues after a restart. The sandbox stores neither, but two hashes of each: a name to find it by,
// and a prover, with which the sandbox proves itself before a page sends its key or pass (HMAC, RFC 2104).
import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Challenge } from "../model/protocol.ts";
import { secondsSince1970 } from "../lab/clock.ts";

/** A pass as one run stores it for the next. These hashes do not open the sandbox. */
export interface StoredPass {
  name: string;
  prover: string;
  /** In seconds since 1970. */
  until: number;
}

interface Entry extends StoredPass {
  is: "key" | "pass";
  isOfThisRun: boolean;
}

/** A page is let in. */
export interface Admission {
  /** A new pass; undefined if the page has a valid one. Resolves once the pass is stored for the next run. */
  pass: Promise<string | undefined>;
  /** The page has its new pass: the old one is no longer valid. */
  confirm(): void;
}

export interface Keys {
  /** The key in the address that a person sees. When it is used, another one takes its place. */
  shown(): string;
  /** A key that will be used soon, by a browser that is starting or by another tab. */
  issue(): string;
  /** Undefined if no valid key or pass has that name. */
  prove(challenge: Challenge): string | undefined;
  /** @param given what came from outside. @returns undefined if it is not a valid key or pass */
  admit(given: unknown): Admission | undefined;
}

/** The answer to a page whose key or pass is not valid. */
export const NO_KEY =
  "This key does not open the sandbox, or was used already: open the address that the terminal shows now.";

interface KeysOptions {
  /** Those of earlier runs. */
  passes?: readonly StoredPass[];
  /** Called with all passes whenever they change. Resolves once they are stored. */
  onPasses?: ((passes: readonly StoredPass[]) => Promise<void>) | undefined;
  /** Called when the shown key was used. */
  onShownUsed?: (() => void) | undefined;
  /** Seconds since 1970. */
  now?: () => number;
}

const DAY_SECONDS = 24 * 60 * 60;
const PASS_SECONDS = 7 * DAY_SECONDS;
/** A browser may take its time to start. */
const ISSUED_KEY_SECONDS = 300;
/** One pass for each tab, and one key for each tab that is being opened. The oldest is dropped first. */
const MOST = { key: 100, pass: 500 };

/** For one run of the sandbox. */
export function openKeys(options: KeysOptions = {}): Keys {
  const { passes = [], onPasses, onShownUsed, now = secondsSince1970 } = options;
  const entries = new Map<string, Entry>();
  for (const pass of passes) entries.set(pass.name, { ...pass, is: "pass", isOfThisRun: false });

  function add(is: "key" | "pass", until: number): string {
    const secret = randomBytes(16).toString("base64url");
    const name = hash(`name ${secret}`);
    for (const old of all(is).slice(0, 1 - MOST[is])) entries.delete(old.name);
    entries.set(name, { name, prover: hash(`prover ${secret}`), until, is, isOfThisRun: true });
    return secret;
  }

  async function addPass(): Promise<string> {
    const pass = add("pass", now() + PASS_SECONDS);
    await tellPasses();
    return pass;
  }

  /** Without the shown key, which stays valid until it is used. */
  function all(is: Entry["is"]): Entry[] {
    return [...entries.values()].filter((entry) => entry.is === is && entry.until !== Infinity);
  }

  async function tellPasses(): Promise<void> {
    const good = all("pass").filter(({ until }) => until > now());
    await onPasses?.(good.map(({ name, prover, until }) => ({ name, prover, until })));
  }

  function find(name: string): Entry | undefined {
    const entry = entries.get(name);
    return entry !== undefined && entry.until > now() ? entry : undefined;
  }

  function admit(given: unknown): Admission | undefined {
    const entry = typeof given === "string" ? find(hash(`name ${given}`)) : undefined;
    if (entry === undefined) return undefined;
    const { is, isOfThisRun, name } = entry;
    if (is === "key") {
      entries.delete(name);
      if (given === shown) {
        shown = add("key", Infinity);
        onShownUsed?.();
      }
      return { pass: addPass(), confirm: () => undefined };
    }
    if (isOfThisRun) return { pass: Promise.resolve(undefined), confirm: () => undefined };
    const confirm = (): void => {
      entries.delete(name);
      void tellPasses();
    };
    return { pass: addPass(), confirm };
  }

  let shown = add("key", Infinity);
  return {
    shown: () => shown,
    issue: () => add("key", now() + ISSUED_KEY_SECONDS),
    prove({ name, nonce, origin }) {
      const prover = find(name)?.prover;
      return (
        prover && createHmac("sha256", prover).update(`${nonce} ${origin}`).digest("base64url")
      );
    },
    admit,
  };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

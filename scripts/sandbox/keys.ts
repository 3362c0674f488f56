// What opens the sandbox: a key opens it once, and the page that it lets in is given a pass, which it comes back with.
//
// A key stands in an address, so it ends up in a browser's history and on a screen: once it was used, it is worth nothing.
// A pass stays in one tab. It is good for this run, and a week at most; a later run takes it once and gives the page a new one in its place, so
// that an open page goes on after a restart. The sandbox stores neither. For each it stores two hashes: a name to find it by,
// and a prover, with which it shows a page that it is the sandbox before that page sends anything (HMAC, RFC 2104).
import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Challenge } from "../model/protocol.ts";
import { secondsSince1970 } from "../lab/clock.ts";

/** A pass as it is kept from one run to the next. Nobody comes in with these hashes. */
export interface KeptPass {
  name: string;
  prover: string;
  /** In seconds since 1970. */
  until: number;
}

interface Entry extends KeptPass {
  is: "key" | "pass";
  isOfThisRun: boolean;
}

/** A page was let in. */
export interface Admission {
  /** What it comes back with; undefined if it has that already. */
  pass: string | undefined;
  /** The page has its new pass: the one before is good no longer. */
  confirm(): void;
}

export interface Keys {
  /** The key in the address that a person sees; another one from the moment that it is used. */
  shown(): string;
  /** A key for somebody who uses it at once: a browser that is being started, another tab. */
  issue(): string;
  /** Undefined if nothing of that name opens the sandbox. */
  prove(challenge: Challenge): string | undefined;
  /** @param given what came from outside; undefined is returned if it opens nothing */
  admit(given: unknown): Admission | undefined;
}

/** What a page is told whose key or pass opens nothing. */
export const NO_KEY =
  "This key does not open the sandbox, or was used already: open the address that the terminal shows now.";

interface KeysOptions {
  /** Those of earlier runs. */
  passes?: readonly KeptPass[];
  /** Called with all passes whenever there is another one. */
  onPasses?: ((passes: readonly KeptPass[]) => void) | undefined;
  /** Called when the shown key was used. */
  onShownUsed?: (() => void) | undefined;
  /** Seconds since 1970. */
  now?: () => number;
}

const DAY_SECONDS = 24 * 60 * 60;
const PASS_SECONDS = 7 * DAY_SECONDS;
/** A browser may take its time to start. */
const ISSUED_KEY_SECONDS = 300;
/** One pass for each tab, one key for each that is being opened; the oldest goes first. */
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

  function addPass(): string {
    const pass = add("pass", now() + PASS_SECONDS);
    tellPasses();
    return pass;
  }

  /** Without the key that is shown, which stays until it is used. */
  function all(is: Entry["is"]): Entry[] {
    return [...entries.values()].filter((entry) => entry.is === is && entry.until !== Infinity);
  }

  function tellPasses(): void {
    const good = all("pass").filter(({ until }) => until > now());
    onPasses?.(good.map(({ name, prover, until }) => ({ name, prover, until })));
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
    if (isOfThisRun) return { pass: undefined, confirm: () => undefined };
    const confirm = (): void => {
      entries.delete(name);
      tellPasses();
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

// What a case works with: the target, the time, tokens, and a record of what was sent.
import type { Agent } from "node:http";
import { ExpectationFailure } from "./expectation.ts";
import { mask, secretsOf } from "./mask.ts";
import { goodClaims, mint } from "./mint.ts";
import type { Session } from "./raw-engine.ts";
import { type Signer, signWithKey, signWithSecret } from "./signer.ts";
import type { Target, User } from "./target.ts";

export interface Probe {
  readonly target: Target;
  /** Seconds since 1970, fixed for one case. */
  readonly nowSeconds: number;
  /** How long to wait for an answer. */
  readonly timeoutMs: number;
  /** Keeps connections for the requests that need none of their own. */
  readonly agent: Agent;
  /** What earlier cases of this run have found out about the target. */
  readonly memory: Map<string, string>;
  /** What stays open from case to case, for the check after each. */
  readonly kept: { session?: Session };
  /** What was sent and received, in order, credentials masked. */
  transcript: () => string[];
  /** Adds a line to the transcript. */
  note: (line: string) => void;
  /** Has something closed when the case is over, however it ends. */
  own: (close: () => void) => void;
  /** A user whom no other case of this run has used. */
  newUser: () => User;
}

interface ProbeOptions {
  target: Target;
  nowSeconds: number;
  timeoutMs: number;
  agent: Agent;
  memory: Map<string, string>;
  kept: { session?: Session };
  newUser: () => User;
}

const LONGEST_LINE = 400;

/** Makes the probe of one case, and the function that closes all that the case opened. */
export function createProbe(options: ProbeOptions): { probe: Probe; closeAll: () => void } {
  const lines: string[] = [];
  const closers: (() => void)[] = [];
  let isOver = false;
  const probe: Probe = {
    ...options,
    // Masked when a report asks for it, and not at every line: nearly all cases pass.
    transcript: () => lines.map((line) => shorten(mask(line, secretsOf(options.target)))),
    // What is closed at the end says so, and that is not news about the target.
    note: (line) => void (isOver || lines.push(line)),
    own: (close) => void closers.push(close),
  };
  return {
    probe,
    closeAll: () => {
      isOver = true;
      for (const close of closers) close();
    },
  };
}

function shorten(line: string): string {
  const rest = line.length - LONGEST_LINE;
  const visible = rest > 0 ? `${line.slice(0, LONGEST_LINE)}… (+${rest} characters)` : line;
  return visible.replaceAll("\u001e", "␞");
}

/**
 * A token that the suite signs.
 * @param changes claims to set; undefined leaves the claim out
 */
export function mintToken(
  probe: Probe,
  user: User = probe.newUser(),
  changes: Record<string, unknown> = {},
): string {
  const { target, nowSeconds } = probe;
  return mint({
    payload: goodClaims(target, user, { nowSeconds, changes }),
    signer: signerOf(probe),
    keyId: target.keyId,
  });
}

/** How the target's own tokens are signed, for cases that need `mint`. */
export function signerOf({ target: { secret, privateKey, algorithm } }: Probe): Signer {
  if (secret !== undefined) return signWithSecret(secret);
  if (privateKey !== undefined && algorithm !== undefined)
    return signWithKey(privateKey, algorithm);
  throw new Error("A case that makes tokens must need mint.");
}

const NOTHING_CAME = "nothing within";
const MOST_SILENCES = 3;
const SHORT_MS = 300;

/**
 * Waits for something, but not for ever; once the same has not come three times, not for long either.
 * @param expected what should come, in words
 * @throws ExpectationFailure when it has not come in time
 */
export async function inTime<T>(probe: Probe, expected: string, promise: Promise<T>): Promise<T> {
  const key = `silences in place of ${expected}`;
  const silences = Number(probe.memory.get(key) ?? 0);
  const { timeoutMs } = probe;
  const waitMs = silences < MOST_SILENCES ? timeoutMs : Math.min(timeoutMs, SHORT_MS);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      probe.memory.set(key, String(silences + 1));
      reject(new ExpectationFailure(expected, `${NOTHING_CAME} ${waitMs} ms`));
    }, waitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether nothing came in time. */
export function isSilence({ seen }: Pick<ExpectationFailure, "seen">): boolean {
  return seen.startsWith(NOTHING_CAME);
}

// A limit for guessing passwords: failed logins count for each user name from each address, and for each
// address.
import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import type { NextFunction, Request, Response } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const QUARTER_HOUR_SECONDS = 15 * 60;

// --- What counts ---

// A name and an address together: if the name alone counted, anybody could lock its user out. So guesses that
// come from very many addresses are not limited here: a second factor helps against those.
const FAILURES_OF_NAME = {
  points: 10,
  duration: QUARTER_HOUR_SECONDS,
  blockDuration: QUARTER_HOUR_SECONDS,
};

// One password tried on many names. The limit is higher, because many people may share an address; and it does
// not block, because every login counts until it has succeeded. It also bounds the memory: each name that an
// address tries costs it a failure.
const FAILURES_OF_ADDRESS = { points: 200, duration: QUARTER_HOUR_SECONDS };

// --- Who it is ---

// Behind a proxy `req.ip` is the proxy's address, and all users would share one limit: name the proxy with
// `app.set("trust proxy", "10.0.0.1")`. Never `true`: anybody could claim a new address for each guess, in
// X-Forwarded-For.
function readAddress({ ip = "" }: Request): string {
  if (!isIPv6(ip) || ip.startsWith("::ffff:")) return ip;
  // One customer has at least 2^64 addresses of IPv6 (RFC 6177), so their first half counts.
  const [before = [], after = []] = ip.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}

// Hashed, because a name can be as long as the body. If `John` may log in as `john` as well, convert both to
// one spelling first, or each spelling has guesses of its own.
function readPair(req: Request): string | undefined {
  const { username } = (req.body ?? {}) as { username?: unknown };
  // What is not a text cannot log in. Then only the address counts.
  if (typeof username !== "string") return undefined;
  return `${readAddress(req)} ${createHash("sha256").update(username).digest("base64")}`;
}

// --- Before and after the comparison ---

/** Counts one more. @returns how long to wait if that is too many, else 0 */
async function count(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return reason.msBeforeNext;
    throw reason;
  }
}

export function createLoginLimit() {
  // They count in this process: each of several servers would allow that many. `RateLimiterRedis` takes the
  // same options, and a client of Redis.
  const names = new RateLimiterMemory({ ...FAILURES_OF_NAME, keyPrefix: "name" });
  const addresses = new RateLimiterMemory({ ...FAILURES_OF_ADDRESS, keyPrefix: "address" });

  // Counts every login as failed before the password is compared: otherwise a hundred at once would all be
  // compared before the first is counted. Names that do not exist count as well, or a 429 would tell which
  // exist.
  async function refuseTooMany(req: Request, res: Response, next: NextFunction): Promise<void> {
    const address = readAddress(req);
    const pair = readPair(req);
    let waitMs = await count(addresses, address);
    if (waitMs === 0 && pair !== undefined) {
      waitMs = await count(names, pair);
      // Nothing will be compared, and one user who goes on must not use up the limit of the others.
      if (waitMs > 0) await addresses.reward(address);
    }
    if (waitMs === 0) return next();
    // In seconds (RFC 9110 §10.2.3). The right password is refused as well, or guessing could go on.
    res
      .status(429)
      .set({ "Retry-After": String(Math.ceil(waitMs / 1000)), "Cache-Control": "no-store" })
      .json({ message: "Too many failed logins: try again later" });
  }

  // Takes it back for a login that has succeeded, and all failures of the same name. Those of the address
  // remain: an attacker may have an account as well.
  async function forgive(req: Request): Promise<void> {
    await addresses.reward(readAddress(req));
    await names.delete(readPair(req) ?? "");
  }

  return { refuseTooMany, forgive };
}

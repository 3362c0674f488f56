// What the token cases are made with: a good token of a fresh user, and ways to make it bad.
import { goodClaims, mint, type TokenParts } from "./mint.ts";
import { type Probe, signerOf } from "./probe.ts";
import type { Signer } from "./signer.ts";
import type { User } from "./target.ts";

export interface Forge {
  readonly user: User;
  /** Seconds since 1970. */
  readonly now: number;
  readonly signer: Signer;
  /** For cases that need `secret`. */
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
  /** The claims of a good token, with changes; undefined leaves a claim out. */
  claims: (changes?: Record<string, unknown>) => Record<string, unknown>;
  /** A token that is good but for these claims. */
  token: (changes?: Record<string, unknown>) => string;
  /** A token that is good but for these parts. */
  mint: (parts: Partial<TokenParts>) => string;
}

/** The forge of one case. */
export function createForge(probe: Probe): Forge {
  const { target, nowSeconds } = probe;
  const user = probe.newUser();
  const signer = signerOf(probe);
  const { keyId } = target;
  const claims: Forge["claims"] = (changes = {}) =>
    goodClaims(target, user, { nowSeconds, changes });
  return {
    user,
    now: nowSeconds,
    signer,
    secret: target.secret ?? "",
    issuer: target.issuer ?? "",
    audience: target.audience ?? "",
    claims,
    token: (changes) => mint({ payload: claims(changes), signer, keyId }),
    mint: (parts) => mint({ payload: claims(), signer, keyId, ...parts }),
  };
}

// One line of a table of tokens becomes a case: the token goes to every door of the target.
import type { Case } from "./case.ts";
import { goodToken } from "./connection.ts";
import { createForge, type Forge } from "./forge.ts";
import { type GoodToken, takeApart } from "./mint.ts";
import type { Capability } from "./target.ts";
import { expectAcceptedEverywhere, expectRefusedEverywhere } from "./verdicts.ts";

/** Name, what the token is like, the source of the rule, and how the token is made. */
export type TokenRow = [name: string, what: string, source: string, make: (forge: Forge) => string];

/** Cases in which every door accepts the token, for the user that it names. */
export function acceptedTokens(rows: readonly TokenRow[], needs: Capability[] = []): Case[] {
  return rows.map(([name, what, source, make]) => ({
    id: `token.${name}`,
    title: `accepts ${what}`,
    source,
    needs: ["mint", "checks-token", ...needs],
    run: async (probe) => {
      const forge = createForge(probe);
      await expectAcceptedEverywhere(probe, make(forge), forge.user);
    },
  }));
}

/**
 * Cases in which every door refuses the token, all in the same way.
 * @param remedy what helps a server that accepts it
 */
export function refusedTokens(
  rows: readonly TokenRow[],
  needs: Capability[] = [],
  remedy?: string,
): Case[] {
  return rows.map(([name, what, source, make]) => ({
    id: `token.${name}`,
    title: `refuses ${what}`,
    source,
    needs: ["mint", "checks-token", ...needs],
    ...(remedy === undefined ? {} : { remedy }),
    run: (probe) => expectRefusedEverywhere(probe, make(createForge(probe))),
  }));
}

/** The same for a token that is made out of a good one, without the secret. */
type ForgeryRow = [name: string, what: string, source: string, make: (good: GoodToken) => string];

/** Cases in which every door refuses what was made out of a good token. @param remedy what helps a server that accepts it */
export function refusedForgeries(rows: readonly ForgeryRow[], remedy: string): Case[] {
  return rows.map(([name, what, source, make]) => ({
    id: `token.${name}`,
    title: `refuses ${what}`,
    source,
    needs: ["checks-token"],
    remedy,
    run: async (probe) =>
      expectRefusedEverywhere(probe, make(takeApart(await goodToken(probe), probe.nowSeconds))),
  }));
}

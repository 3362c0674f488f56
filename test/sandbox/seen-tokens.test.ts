// The sandbox stores a bounded number of tokens for the bench; those of the newest trace are among them.
import { expect, it } from "vitest";
import type { SeenToken, Step } from "../../scripts/model/trace.ts";
import { findTokens } from "../../scripts/lab/wire/seen-tokens.ts";
import { openSeenTokens } from "../../scripts/sandbox/seen-tokens.ts";

/** A token as it is read from the wire, in a trace of its own. */
function seenIn(text: string): { steps: Step[]; token: SeenToken } {
  const [token] = findTokens(JSON.stringify({ token: text }), "body") as [SeenToken];
  return { steps: [{ kind: "response", tokens: [token] } as unknown as Step], token };
}

it("a token that is seen again is the newest, whenever it was first seen; the oldest is forgotten", () => {
  const seen = openSeenTokens();
  const name = (text: string): string => {
    const { steps, token } = seenIn(text);
    seen.name({ steps });
    return token.id!;
  };
  const first = name("first");
  const second = name("second");
  for (let at = 2; at < 500; at += 1) name(`token ${at}`);
  expect(name("first")).toBe(first);
  name("one too many");
  expect(seen.find(first)).toBe("first");
  expect(seen.find(second)).toBeUndefined();
});

// Marks in a trace the moment at which a token expires: the first step after it says how long ago that was. Pure.
import { fieldsOf } from "./fields-of.ts";
import { type Step, tokensOf } from "./trace.ts";

/** @param beganAtMs when the first byte came, in milliseconds since 1970 */
export function markExpiry(steps: readonly Step[], beganAtMs: number): Step[] {
  const marked = [...steps];
  for (const [seenAt, step] of steps.entries())
    for (const token of tokensOf(step)) {
      const expiresAtMs = Number(fieldsOf(token.claims)["exp"]) * 1000 - beganAtMs;
      // One that had expired before it came is refused, and its check says why.
      if (!(expiresAtMs > step.atMs)) continue;
      const at = steps.findIndex(
        ({ kind, atMs }, index) => index > seenAt && kind !== "check" && atMs >= expiresAtMs,
      );
      if (at !== -1) marked[at] = { ...steps[at]!, expiredMs: steps[at]!.atMs - expiresAtMs };
    }
  return marked;
}

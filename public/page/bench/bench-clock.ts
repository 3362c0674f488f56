// Lets the time on the bench go on, and has a token judged again in the second in which it ends or begins.
import type { Store } from "../shell/state.ts";
import type { BenchState } from "./bench-state.ts";
import { decodeToken } from "./token-text.ts";

/**
 * @param onTurn called when the token on the bench has just begun or ended
 * @returns stops the clock
 */
export function startClock(bench: Store<BenchState>, onTurn: () => void): () => void {
  const tick = (): void => {
    const { text, now: before } = bench.state;
    const now = Math.floor(Date.now() / 1000);
    if (now === before) return;
    bench.update({ now });
    if (before > 0 && turns(text, before, now)) onTurn();
  };
  tick();
  // More often than once a second, so that no second is skipped.
  const timer = setInterval(tick, 250);
  return () => clearInterval(timer);
}

/** Whether a token begins or ends after the one moment and not after the other, in seconds since 1970. */
function turns(text: string | null, before: number, now: number): boolean {
  const decoded = decodeToken(text ?? "");
  if ("problem" in decoded) return false;
  const { exp, nbf } = decoded.claims;
  return [exp, nbf].some(
    (moment) => typeof moment === "number" && before < moment && moment <= now,
  );
}

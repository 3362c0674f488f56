// Lets the time on the bench go on, and has a token judged again in the second in which it ends or begins.
import type { Store } from "../shell/state.ts";
import { decodeToken } from "./token-text.ts";

/** @param onTurn called when the token on the bench has just begun or ended */
export function keepTime(store: Store, onTurn: () => void): void {
  const tick = (): void => {
    const { address, bench } = store.state;
    if (address.view.page !== "bench") return;
    const now = Math.floor(Date.now() / 1000);
    if (now === bench.now) return;
    store.update({ bench: { ...bench, now } });
    if (bench.now > 0 && turns(bench.text, bench.now, now)) onTurn();
  };
  // More often than once a second, so that no second is skipped.
  setInterval(tick, 250);
}

/** Whether a token begins or ends after the one moment and not after the other, in seconds since 1970. */
export function turns(text: string | null, before: number, now: number): boolean {
  const decoded = decodeToken(text ?? "");
  if ("problem" in decoded) return false;
  const { exp, nbf } = decoded.claims;
  return [exp, nbf].some(
    (moment) => typeof moment === "number" && before < moment && moment <= now,
  );
}

// What a check of a credential decided, in words. Pure.
import type { CheckStep, Decision } from "./trace.ts";

/** A decision in words, the same in terminal and page. */
export const DECISION_WORDS: Record<Decision, string> = {
  accepted: "credential accepted",
  refused: "credential refused",
  open: "credential checked",
};

/** What was checked, and which middleware of the server did it: `CONNECT packet · io.use`. */
export function checkedWords({ what }: CheckStep): string {
  if (what === "CONNECT packet") return `${what} · io.use`;
  return what.endsWith("/self") ? what : `${what} · io.engine.use`;
}

// Marks the requests that lack a cookie: where tokens travel in one, nobody expects an Authorization header. Pure.
import { type Step, tokensOf } from "./trace.ts";

export function markCookies(steps: Step[]): Step[] {
  const fields = new Set(steps.flatMap(tokensOf).map(({ field }) => field));
  if (!fields.has("cookie") && !fields.has("set-cookie")) return steps;
  return steps.map((step) =>
    step.kind === "request" && step.headers["cookie"] === undefined
      ? { ...step, lacksCookie: true }
      : step,
  );
}

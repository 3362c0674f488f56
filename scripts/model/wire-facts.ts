// The facts that a lesson may state or ask about, read from a trace. Pure.
import type { ExpectedWire } from "./expectation.ts";
import { fieldsOf } from "./fields-of.ts";
import { tokensOf, type Trace } from "./trace.ts";

/** @param names of the claims of the last seen token that count */
export function wireFacts(
  { steps }: Trace,
  names: readonly string[] = [],
): Record<keyof ExpectedWire, unknown> {
  const responses = steps.filter((step) => step.kind === "response");
  const token = steps.flatMap(tokensOf).at(-1);
  return {
    checks: steps.filter((step) => step.kind === "check").length,
    requests: steps.filter((step) => step.kind === "request").length,
    urlsWithToken: steps.filter((step) => tokensOf(step).some(({ place }) => place === "query"))
      .length,
    cookies: steps.filter(
      (step) => step.kind === "request" && step.tokens.some(({ field }) => field === "cookie"),
    ).length,
    eventsBeforeRefusal: eventsBeforeRefusal(steps),
    websocket: responses.some(({ status }) => status === 101),
    status: responses.at(-1)?.status ?? null,
    challenge: responses.at(-1)?.headers["www-authenticate"] ?? null,
    cut: steps.some((step) => step.kind === "closed" && step.isCut),
    algorithm: fieldsOf(token?.header)["alg"],
    claims: Object.fromEntries(names.map((name) => [name, fieldsOf(token?.claims)[name] ?? null])),
  };
}

function eventsBeforeRefusal(steps: Trace["steps"]): number {
  const sent = steps.flatMap((step) =>
    step.from === "server" && "packets" in step
      ? step.packets.map(({ socket }) => ({ socket, connection: step.connection }))
      : [],
  );
  const refusal = sent.findIndex(({ socket }) => socket === "CONNECT_ERROR");
  const before = sent.slice(0, Math.max(refusal, 0));
  const { connection } = sent[refusal] ?? {};
  return before.filter((each) => each.socket === "EVENT" && each.connection === connection).length;
}

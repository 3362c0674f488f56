// What a trace of the sandbox cannot show: that a client did not stop on its own. Pure.
import type { Outcome } from "../acts.ts";

/** A sentence about those of the clients that would have tried again; empty where none would. */
export function stoppedWords(ends: readonly { client: string; outcome: Outcome }[]): string {
  const stopped = ends.filter(({ outcome }) =>
    outcome.some((told) => told.result === "refused" && told.willRetry),
  );
  const clients = stopped.map(({ client }) => client).join(" and ");
  return (
    clients && `After the refusal the sandbox stopped ${clients}, which would otherwise try again.`
  );
}

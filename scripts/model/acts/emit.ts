// A client sends an event and waits for its acknowledgement; what all connections received until then belongs to it.
import * as v from "valibot";
import { connectionName, lost, durationMs, received, text, unanswered } from "../schema-pieces.ts";

export const emitAct = v.strictObject({
  do: v.literal("emit"),
  as: connectionName,
  event: text,
  args: v.optional(v.array(v.unknown()), []),
});

const acknowledged = v.strictObject({
  result: v.literal("acknowledged"),
  /** Its first argument; null if it has none. */
  reply: v.unknown(),
  received,
  durationMs,
});

export const emitOutcomes = [
  acknowledged,
  v.strictObject({ ...unanswered.entries, received }),
  v.strictObject({ ...lost.entries, received }),
] as const;

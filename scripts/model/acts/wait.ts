// A client waits: for an event, for the end of its connection, or until the token that it presented has expired.
import * as v from "valibot";
import {
  connectionName,
  disconnected,
  durationMs,
  lost,
  text,
  unanswered,
} from "../schema-pieces.ts";

const awaitedEvent = v.strictObject({ event: text });
const awaited = v.picklist(["disconnect", "expiry"]);

export const waitAct = v.strictObject({
  do: v.literal("wait"),
  as: connectionName,
  for: v.lazy((input) => (typeof input === "object" ? awaitedEvent : awaited)),
});

const event = v.strictObject({
  result: v.literal("received"),
  /** Without its name. */
  args: v.array(v.unknown()),
  durationMs,
});

const expired = v.strictObject({ result: v.literal("expired"), durationMs });

export const waitOutcomes = [event, expired, disconnected, lost, unanswered] as const;

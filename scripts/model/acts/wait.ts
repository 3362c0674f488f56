// A client waits: for an event, for the end of its connection, until it is connected again, or until the token that it
// presented has expired.
import * as v from "valibot";
import {
  connectionName,
  disconnected,
  durationMs,
  lost,
  text,
  unanswered,
  user,
} from "../schema-pieces.ts";

const awaitedEvent = v.strictObject({ event: text });
const awaited = v.picklist(["disconnect", "connect", "expiry"]);

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

/** Automatically, after its connection has ended. */
const reconnected = v.strictObject({
  result: v.literal("reconnected"),
  /** What `whoami` answered. */
  user: v.optional(user),
  durationMs,
});

const expired = v.strictObject({ result: v.literal("expired"), durationMs });

export const waitOutcomes = [event, reconnected, expired, disconnected, lost, unanswered] as const;

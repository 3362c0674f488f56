// A client ends its connection.
import * as v from "valibot";
import { connectionName, disconnected, unanswered } from "../schema-pieces.ts";

export const disconnectAct = v.strictObject({
  do: v.literal("disconnect"),
  as: connectionName,
  /** Below Socket.IO, as when the network goes away; the client stays away until a `renew`. Left out: it says goodbye. */
  dropped: v.exactOptional(v.literal(true)),
});

export const disconnectOutcomes = [disconnected, unanswered] as const;

// The same client connects again, with the token that it has or with a new one: its Manager and its options stay the same.
import * as v from "valibot";
import { actToken, connectionName } from "../schema-pieces.ts";
import { connectOutcomes } from "./connect.ts";

export const renewAct = v.strictObject({
  do: v.literal("renew"),
  as: connectionName,
  /** Left out: the token of before. It travels where the first one did. */
  token: v.exactOptional(actToken),
});

export const renewOutcomes = connectOutcomes;

// A server ends without a word, where an attempt has several.
import * as v from "valibot";
import { durationMs, unanswered, whole } from "../schema-pieces.ts";

export const killAct = v.strictObject({
  do: v.literal("kill"),
  /** Counted from 1, in the order of their turns. */
  server: v.pipe(whole, v.minValue(1, "1 or more")),
});

export const killOutcomes = [
  v.strictObject({ result: v.literal("killed"), durationMs }),
  unanswered,
] as const;

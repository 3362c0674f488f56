// A client shows its refresh token, and gets a new pair or a refusal.
import * as v from "valibot";
import { unanswered } from "../schema-pieces.ts";
import { answered } from "./request.ts";

export const refreshAct = v.strictObject({
  do: v.literal("refresh"),
  /** Of the refresh tokens that answers had in them: the last one, or the first. */
  with: v.optional(v.picklist(["last", "first"]), "last"),
  /** Two requests with the same one, as two tabs would send them. */
  twice: v.exactOptional(v.literal(true)),
});

/** Of two requests, the one with the higher status. */
const refreshed = v.strictObject({
  ...answered.entries,
  /** Of each request, in ascending order. */
  statuses: v.array(v.number()),
});

export const refreshOutcomes = [refreshed, unanswered] as const;

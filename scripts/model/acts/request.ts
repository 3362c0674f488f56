// A plain HTTP request and its answer. A login is one as well.
import * as v from "valibot";
import {
  actToken,
  credential,
  durationMs,
  scheme,
  text,
  whole,
  clientText,
  unanswered,
} from "../schema-pieces.ts";

export const requestAct = v.strictObject({
  do: v.literal("request"),
  method: v.optional(v.picklist(["GET", "POST"]), "GET"),
  path: v.pipe(text, v.startsWith("/", "a path that begins with /")),
  /** Sent as JSON. */
  body: v.exactOptional(v.unknown()),
  /** A request has no payload of its own kind: only `header` and `cookie` send the token. */
  credential: v.optional(credential, "header"),
  scheme: v.optional(scheme, "bearer"),
  token: v.optional(actToken, "valid"),
  /** So many are sent without waiting for an answer; all must get the same answer. */
  atOnce: v.exactOptional(
    v.pipe(
      whole,
      v.minValue(2, "2 or more"),
      v.maxValue(6, "at most 6, as many connections as a browser opens to a server"),
    ),
  ),
});

export const answered = v.strictObject({
  result: v.literal("answered"),
  status: v.number(),
  /** `WWW-Authenticate` (RFC 9110 §11.6.1). */
  challenge: v.optional(clientText),
  /** The value, where the body is JSON, else its text. */
  body: v.unknown(),
  durationMs,
});

export const requestOutcomes = [answered, unanswered] as const;

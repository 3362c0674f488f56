// A plain HTTP request, and what it was answered. A login is one, too.
import * as v from "valibot";
import {
  actToken,
  credential,
  durationMs,
  scheme,
  text,
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

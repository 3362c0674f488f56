// Schemas that acts, switches, lessons and the page's calls have in common.
import * as v from "valibot";
import { LONGEST_TOKEN } from "./token-parts.ts";
import { AUTH_MODES, CREDENTIAL_PLACES, TOKEN_NAMES, TRANSPORTS, VARIANTS } from "./vocabulary.ts";

export const text = v.pipe(v.string(), v.regex(/^\S(.*\S)?$/, "a text without blanks around it"));
export const whole = v.pipe(v.number(), v.integer("a whole number"), v.minValue(0, "0 or more"));
export const user = v.strictObject({ id: v.number(), username: v.string() });

export const variant = v.picklist(VARIANTS);
export const auth = v.picklist(AUTH_MODES);
export const transports = v.pipe(
  v.array(v.picklist(TRANSPORTS)),
  v.minLength(1, "at least one transport"),
  v.maxLength(TRANSPORTS.length, "each transport once"),
);

export const credential = v.picklist(CREDENTIAL_PLACES);
/** One space follows it; how many there may be is a question that a lesson can ask. */
export const scheme = v.pipe(
  v.string(),
  v.regex(/^[!-~]{1,40} {0,9}$/, "a scheme, with or without spaces after it"),
);

export const tokenName = v.picklist(TOKEN_NAMES);
const tokenText = v.strictObject({ text: v.pipe(v.string(), v.maxLength(LONGEST_TOKEN)) });
const tokenAnswered = v.strictObject({ answered: text });

/** A token by its name, or as it is. */
export const tokenChoice = v.lazy((input) => (typeof input === "object" ? tokenText : tokenName));
export type TokenChoice = v.InferOutput<typeof tokenChoice>;

/** The same, or the field of the last answer's body that holds it; `set-cookie` for the cookie that an answer set. */
export const actToken = v.lazy((input) => {
  if (typeof input !== "object") return tokenName;
  return input !== null && "answered" in input ? tokenAnswered : tokenText;
});
export type ActToken = v.InferOutput<typeof actToken>;

/** The switches of the server: they concern every attempt that does not set them for itself. */
export const serverSwitches = v.strictObject({ variant, auth, serverTransports: transports });

/** The switches of the person's own attempt. */
export const ownSwitches = v.strictObject({
  transports,
  tryAllTransports: v.boolean(),
  credential,
  scheme,
  token: tokenChoice,
});

/** Which connection an act belongs to: `tab 1`, `jane`. Where an attempt has one alone, it needs no name. */
export const connectionName = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^[a-z][a-z0-9]*( [a-z0-9]+)*$/, "lower-case words, such as tab 1"),
    v.maxLength(20, "at most 20 characters"),
  ),
  "socket",
);

/** What a client saw, as text. */
export const clientText = v.pipe(v.string(), v.maxLength(16_384));

/** How many questions of a lesson a person has answered, and how many of them correctly. */
export const score = v.strictObject({ right: whole, of: whole });
export type Score = v.InferOutput<typeof score>;

/** How long an act took, in milliseconds. */
export const durationMs = v.number();

/** Nothing came in time: no answer, no connection and no refusal, not what was waited for. */
export const unanswered = v.strictObject({ result: v.literal("unanswered"), durationMs });

const end = {
  /** The reason of socket.io-client: `io server disconnect`, `transport close`. */
  reason: clientText,
  /** Whether the client tries again automatically (`socket.active`). */
  willRetry: v.boolean(),
  durationMs,
};

/** The connection ended, as it was meant to. */
export const disconnected = v.strictObject({ result: v.literal("disconnected"), ...end });

/** The connection ended before something else came. */
export const lost = v.strictObject({ result: v.literal("lost"), ...end });

/** Events that came, each as `[name, ...args]`, by the name of the connection that received them. */
export const received = v.record(v.string(), v.array(v.array(v.unknown())));

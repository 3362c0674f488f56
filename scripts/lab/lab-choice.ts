// What a lab is asked to do, and the attempt or request that it makes of that.
import type { Attempt, AttemptRequest } from "../model/attempt.ts";
import { makeToken, type TokenMaker } from "./named-tokens.ts";
import type { TokenName } from "../model/vocabulary.ts";
import type { ServerChoice } from "./servers/pool.ts";

/** A token by its name, or as it is. */
export type TokenChoice = TokenName | { text: string };

/** A server of the lab, and who may use it meanwhile. */
export interface PlaceChoice extends ServerChoice {
  /** Nothing else happens at that server, and nothing is left there of what was broken off. */
  isAlone?: boolean;
}

/** An attempt to connect to a server of the lab. */
export interface ConnectChoice extends PlaceChoice {
  attempt: Pick<Attempt, "transports" | "tryAllTransports" | "credential" | "scheme" | "events"> & {
    token: TokenChoice;
    otherTokens: TokenChoice[];
  };
  /** How long to wait for an outcome; 5 seconds, if left out. */
  timeoutMs?: number;
}

/** A plain HTTP request to a server of the lab. */
export interface RequestChoice
  extends PlaceChoice, Pick<AttemptRequest, "method" | "path" | "credential" | "scheme"> {
  /** Sent as JSON; undefined for none. */
  body?: unknown;
  token: TokenChoice;
  timeoutMs?: number;
}

/** Where the wire leads to the server: its origin, and the prefix of the attempt. */
export interface Place {
  origin: string;
  prefix: string;
}

const TIMEOUT_MS = 5_000;

/** The attempt that a client is told to make. */
export function prepareAttempt(choice: ConnectChoice, place: Place, maker: TokenMaker): Attempt {
  const { token, otherTokens, ...rest } = choice.attempt;
  return {
    ...rest,
    origin: place.origin,
    path: `${place.prefix}/socket.io/`,
    token: textOf(token, maker),
    // "none" cannot be said in this list: it becomes an empty token, which no server takes either.
    otherTokens: otherTokens.map((each) => textOf(each, maker) ?? ""),
    timeoutMs: choice.timeoutMs ?? TIMEOUT_MS,
  };
}

/** The request that a client is told to make. */
export function prepareRequest(
  choice: RequestChoice,
  place: Place,
  maker: TokenMaker,
): AttemptRequest {
  const { method, body, credential, scheme, token, timeoutMs = TIMEOUT_MS } = choice;
  const path = place.prefix + choice.path;
  const { origin } = place;
  return { origin, path, method, body, credential, scheme, token: textOf(token, maker), timeoutMs };
}

function textOf(token: TokenChoice, maker: TokenMaker): string | undefined {
  return typeof token === "string" ? makeToken(token, maker) : token.text;
}

// What a client is asked to do. Plain data, so that it can be sent to a page.
import type { CredentialPlace, Transport } from "./vocabulary.ts";

/** What a client is told to do. Everything in it is plain data, so that it can be sent to a page. */
export interface Attempt {
  /** `http://host:port`, without a path. */
  origin: string;
  /** The path of Socket.IO at that origin, for example `/attempt/a1/socket.io/`. */
  path: string;
  transports: Transport[];
  tryAllTransports: boolean;
  credential: CredentialPlace;
  /** The auth-scheme in the header, as it is spelled: `bearer`, `Bearer`, … (RFC 9110 §11.1). */
  scheme: string;
  /** The token of the connection; undefined where there is none. */
  token: string | undefined;
  /** Tokens of further connections that this client opens first, with the same options ("other tabs"). */
  otherTokens: string[];
  /** Events that the (last opened) connection sends once all are connected, each with an acknowledgement. */
  events: { name: string; args: unknown[] }[];
  /** How long to wait for an outcome. */
  timeoutMs: number;
}

/** A plain HTTP request that a client is told to make. */
export interface AttemptRequest {
  /** `http://host:port`, without a path. */
  origin: string;
  /** Path and query at that origin, for example `/attempt/a1/self`. */
  path: string;
  method: "GET" | "POST";
  /** Sent as JSON; undefined for none. */
  body: unknown;
  /** A request has no payload of its own kind: only `header` sends the token. */
  credential: CredentialPlace;
  scheme: string;
  token: string | undefined;
  timeoutMs: number;
}

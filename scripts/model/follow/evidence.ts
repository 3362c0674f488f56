// Questions about a step that the search for troubles asks. Pure.
import type { Packet, RequestStep, SeenToken } from "../trace.ts";
import { readPurpose } from "../words/purpose.ts";
import type { Client, Followed } from "./clients.ts";

export interface Trouble {
  /** What is wrong, as far as the wire shows it. */
  sentence: string;
  /** What helps. */
  help: string;
  /** Of the lesson that teaches it. */
  lesson?: number;
}

interface Seen {
  at: Followed;
  /** The latest of the steps that decide something, `at` the last of them. */
  recent: readonly Followed[];
  /** Seconds since 1970. */
  now: number;
}

export type Find = (seen: Seen) => Trouble | undefined;

export const IN_PAYLOAD =
  "Send it in the payload: auth: { token } in JavaScript, auth= in Python, connect(withPayload:) in Swift, setAuth in Dart.";

/** The packets of that name which a step carries. */
export function packets({ step }: Followed, from: "client" | "server", socket: string): Packet[] {
  return "packets" in step && step.from === from
    ? step.packets.filter((each) => each.socket === socket)
    : [];
}

/** The handshake that a step refuses: with an answer, or by cutting the connection. */
export function refusedHandshake({ step, request }: Followed): RequestStep | undefined {
  if (request === undefined || isPreflight(request)) return undefined;
  const isRefusal =
    (step.kind === "response" && step.status >= 300) ||
    (step.kind === "closed" && step.from === "server");
  return isRefusal && readPurpose(request).purpose === "handshake" ? request : undefined;
}

export function statusOf({ step }: Followed): number {
  return step.kind === "response" ? step.status : 0;
}

export function ofClient(recent: readonly Followed[], client: Client | undefined): Followed[] {
  return client === undefined ? [] : recent.filter((each) => each.client === client);
}

/** The tokens in the CONNECT packets of a step. */
export function connectTokens({ step }: Followed): SeenToken[] {
  const isFromClient = "tokens" in step && step.from === "client";
  return isFromClient ? step.tokens.filter(({ place }) => place === "payload") : [];
}

export function headerToken(request: RequestStep): SeenToken | undefined {
  return request.tokens.find(({ scheme }) => /^bearer$/i.test(scheme ?? ""));
}

export function isPreflight(request: RequestStep | undefined): boolean {
  return request?.method === "OPTIONS" && "access-control-request-method" in request.headers;
}

// What sessions of Engine.IO are like by hand, so that nothing is hidden: packets as text, over either transport.
import type { Probe } from "./probe.ts";
import { type Headers, type RawResponse, UPGRADE_HEADERS } from "./raw-http.ts";

export type Transport = "polling" | "websocket";

/** The first packet of a session. @see https://socket.io/docs/v4/engine-io-protocol/#handshake */
export interface OpenPacket {
  sid: string;
  upgrades: string[];
  pingInterval: number;
  pingTimeout: number;
  /** Bytes; undefined where the server does not announce it. */
  maxPayload?: number;
}

export interface Session {
  readonly transport: Transport;
  readonly open: OpenPacket;
  /** Packets that came and were not asked for yet. */
  readonly inbox: readonly string[];
  /** Sends packets: together in one POST, or as one frame each, in one write. A buffer is a binary packet. */
  send: (...packets: (string | Buffer)[]) => Promise<void>;
  /** Takes the first packet that begins so, now or when it comes. */
  next: (start: string) => Promise<string>;
  /** Resolves with the reason when the server has ended the session. */
  ended: () => Promise<string>;
  /** Cuts the connection of a WebSocket without a word; a session by polling has none to cut. */
  cut: () => void;
}

export interface SessionOptions {
  headers?: Headers;
  /** Further parameters of the query, such as `sid`. */
  query?: string;
  /** A WebSocket that stays open while it is idle: it keeps no process running. */
  isKept?: boolean;
}

/** Packets of one polling body are separated by this character. */
export const SEPARATOR = "\u001e";

/** What Socket.IO takes in one message where nobody has set another limit. */
const USUAL_LIMIT = 1_000_000;

/** How large a message may be: as announced, or as usual. */
export function limitOf({ maxPayload = USUAL_LIMIT }: OpenPacket): number {
  return maxPayload;
}

/** Path and query of a request to the transport. */
export function enginePath({ target }: Probe, transport: string, query = ""): string {
  const more = query === "" ? "" : `&${query}`;
  return `${target.socketPath}?EIO=4&transport=${transport}${more}`;
}

/** A handshake without a token, as bytes. */
export function handshakeBytes(probe: Probe, transport: Transport): string {
  const headers = { Host: "localhost", ...(transport === "websocket" ? UPGRADE_HEADERS : {}) };
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`GET ${enginePath(probe, transport)} HTTP/1.1`, ...fields, "", ""].join("\r\n");
}

/** Reads the open packet of an answer to a handshake by polling; undefined if no session was opened. */
export function readOpenPacket({ status, body }: RawResponse): OpenPacket | undefined {
  return status === 200 && body.startsWith("0{")
    ? (JSON.parse(body.slice(1)) as OpenPacket)
    : undefined;
}

/** CONNECT to the main namespace. @param auth its payload; a text stands for itself, also if it is not JSON */
export function connectPacket(auth: Record<string, unknown> | string): string {
  const payload = typeof auth === "string" ? auth : JSON.stringify(auth);
  return `40${payload === "{}" ? "" : payload}`;
}

/** Takes the first packet that begins so out of an inbox. */
export function take(inbox: string[], start: string): string | undefined {
  const at = inbox.findIndex((packet) => packet.startsWith(start));
  return at === -1 ? undefined : inbox.splice(at, 1)[0];
}

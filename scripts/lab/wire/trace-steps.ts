// Describes what was read from the wire as the steps of a trace, credentials masked.
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";
import type { Head } from "./http-head.ts";
import type { MessageReader } from "./http-message.ts";
import { maskAuthorization, maskTarget, maskText } from "./masking.ts";
import { readPacket, readPayload } from "./packets.ts";
import { findTokens, findTokensInAuthorization } from "./seen-tokens.ts";
import type { FrameStep, Packet, RequestStep, ResponseStep, SeenToken } from "../../model/trace.ts";
import type { Frame } from "./websocket-frames.ts";
import type { WebSocketMessage } from "./websocket-messages.ts";

/** What every step has, and only the recording knows. */
export type Whereabouts = "id" | "atMs" | "connection" | "from";

const SHOWN_HEADERS = new Set(
  `access-control-allow-headers access-control-allow-origin access-control-request-headers access-control-request-method authorization cache-control
  connection content-encoding content-length content-type expect host location origin retry-after
  sec-websocket-protocol sec-websocket-version transfer-encoding upgrade www-authenticate`.split(
    /\s+/,
  ),
);
// It may hold the key of this sandbox's own page.
const HIDDEN_HEADERS = new Set(["referer"]);

const LARGEST_BODY_BYTES = 1_048_576;

// --- Requests and responses ---

/** A request; undefined while nothing of it can be read. */
export function describeRequest(
  message: MessageReader,
): Omit<RequestStep, Whereabouts> | undefined {
  const { head } = message;
  if (head === undefined) return undefined;
  const body = describeBody(message, head, isPolling(head) && head.method === "POST");
  const tokens = [...findTokens(decodeLoosely(head.target), "query"), ...body.tokens];
  return { kind: "request", method: head.method, target: maskTarget(head.target), ...body, tokens };
}

/**
 * A response; undefined while nothing of it can be read.
 * @param answers the id of its request
 */
export function describeResponse(
  message: MessageReader,
  { request, answers }: { request: MessageReader | undefined; answers: number | undefined },
): Omit<ResponseStep, Whereabouts> | undefined {
  const { head } = message;
  if (head === undefined) return undefined;
  const asked = request?.head;
  const hasPackets = asked !== undefined && isPolling(asked) && asked.method === "GET";
  const body = describeBody(message, head, hasPackets && head.status === 200);
  const relation = answers === undefined ? {} : { answers };
  return { kind: "response", ...relation, status: head.status, reason: head.reason, ...body };
}

function isPolling({ target }: Head): boolean {
  return /[?&]transport=polling(?:&|$)/.test(target);
}

/** The token of a query may be percent-encoded. */
function decodeLoosely(target: string): string {
  return target.replace(/(?:%[0-7][\da-f])+/gi, (encoded) => decodeURIComponent(encoded));
}

function describeBody(
  message: MessageReader,
  head: Head,
  hasPackets: boolean,
): Pick<RequestStep, "headers" | "body" | "isCutShort" | "bytes" | "packets" | "tokens"> {
  const text = textOf(message, head.headers.get("content-encoding"));
  const inBody = findTokens(text, hasPackets ? "payload" : "body");
  return {
    headers: describeHeaders(head),
    body: maskText(text),
    ...(message.body.isCutShort ? { isCutShort: true, bytes: message.body.total } : {}),
    packets: hasPackets ? readPayload(text) : [],
    tokens: [...tokensInHeaders(head), ...inBody],
  };
}

function textOf({ body }: MessageReader, coding: string | undefined): string {
  // What is left of a body that was cut short is decompressed as far as it goes.
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST_BODY_BYTES };
  const bytes = body.bytes();
  try {
    if (coding === "gzip") return gunzipSync(bytes, options).toString();
    if (coding === "deflate") return inflateSync(bytes, options).toString();
    if (coding === "br")
      return brotliDecompressSync(bytes, { maxOutputLength: LARGEST_BODY_BYTES }).toString();
    return bytes.toString();
  } catch {
    // Not what its header says, or too large: there is nothing that a person could read.
    return `<${coding}, unreadable>`;
  }
}

function describeHeaders({ headers }: Head): Record<string, string> {
  const shown = [...headers].filter(
    ([name, value]) => SHOWN_HEADERS.has(name) || (!HIDDEN_HEADERS.has(name) && holdsToken(value)),
  );
  return Object.fromEntries(shown.map(([name, value]) => [name, describeHeader(name, value)]));
}

function describeHeader(name: string, value: string): string {
  if (name === "authorization") return maskAuthorization(value);
  // Other cookies belong to other servers of this machine, or say nothing here.
  if (name === "cookie") return value.split(/; */).filter(holdsToken).map(maskText).join("; ");
  return maskText(value);
}

function holdsToken(text: string): boolean {
  return findTokens(text, "header").length > 0;
}

function tokensInHeaders({ headers }: Head): SeenToken[] {
  return [...headers].flatMap(([name, value]) =>
    name === "authorization"
      ? findTokensInAuthorization(value)
      : findTokens(value, "header").map((token) => ({ ...token, field: name })),
  );
}

// --- Frames ---

/** @param message the message that this frame completes */
export function describeFrame(
  frame: Frame,
  message: WebSocketMessage | undefined,
): Omit<FrameStep, Whereabouts> {
  const isFragment = !frame.isFinal || undefined;
  return {
    kind: "frame",
    opcode: frame.opcode,
    ...(isFragment && { isFragment }),
    ...(frame.opcode === "close" ? describeClose(frame.payload) : {}),
    ...(message?.isCutShort && { isCutShort: true, bytes: message.total }),
    packets: message === undefined ? [] : [describeMessage(message)],
    tokens: message?.isText === true ? findTokens(message.bytes.toString(), "payload") : [],
  };
}

function describeMessage({ isUnreadable, isText, bytes }: WebSocketMessage): Packet {
  if (isUnreadable) return { engine: "unreadable", text: "<compressed>" };
  return readPacket(isText ? bytes.toString() : bytes);
}

/** The code of a close frame and its reason (RFC 6455 §5.5.1); both may be missing. */
function describeClose(payload: Buffer): Pick<FrameStep, "closeCode" | "closeReason"> {
  if (payload.length < 2) return {};
  const closeReason = maskText(payload.toString("utf8", 2));
  return { closeCode: payload.readUInt16BE(0), ...(closeReason && { closeReason }) };
}

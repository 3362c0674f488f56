// Sends one HTTP request exactly as given, and returns the answer unchanged.
import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from "node:http";
import type { Socket } from "node:net";
import { expectThat, show } from "./expectation.ts";
import { inTime, type Probe } from "./probe.ts";
import { openSocket, placeOf } from "./raw-socket.ts";

export type Headers = Record<string, string | string[]>;

export interface RawRequest {
  method?: string;
  /** Path and query, sent as they are. */
  path: string;
  headers?: Headers;
  body?: string | Buffer;
  /** Sends it on a connection that stays open, and not on one of its own. */
  isOnKeptConnection?: boolean;
  /** The case is about a limit: 429 is an answer. */
  mayBeLimited?: boolean;
}

export interface RawResponse {
  /** 0 if the connection was cut before an answer. */
  status: number;
  /** The words beside the status. */
  reason: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The headers with which a request asks for a WebSocket (RFC 6455 §4.1). */
export const UPGRADE_HEADERS: Headers = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** Sends a request, on a connection of its own unless it says otherwise. A connection that is cut is an answer too: status 0. */
export async function sendRequest(probe: Probe, request: RawRequest): Promise<RawResponse> {
  noteRequest(probe, request);
  const response = await inTime(probe, "an answer", exchange(probe, request));
  probe.note(`  → ${describeResponse(response)}`);
  if (request.mayBeLimited !== true) expectNoLimit(response.status);
  return response;
}

/** 429 (RFC 6585 §4) does not answer the question: it is neither a refusal nor a fault. @throws ExpectationFailure */
function expectNoLimit(status: number): void {
  expectThat(status !== 429, "an answer to the request", "429, and nothing about the request");
}

function noteRequest(probe: Probe, { method = "GET", path, headers, body }: RawRequest): void {
  const shown = Object.entries(headers ?? {}).filter(([name]) => !name.startsWith("Sec-WebSocket"));
  const lines = shown.map(([name, value]) => `, ${name}: ${String(value)}`).join("");
  probe.note(
    `${method} ${path}${lines}${body === undefined ? "" : `, body ${show(String(body))}`}`,
  );
}

/** An answer in one line, for reports. */
export function describeResponse({ status, headers, body }: RawResponse): string {
  if (status === 0) return `the connection was cut: ${body}`;
  const challenge = headers["www-authenticate"];
  return `${status}${challenge === undefined ? "" : `, WWW-Authenticate: ${challenge}`}, body ${show(body)}`;
}

async function exchange(probe: Probe, request: RawRequest): Promise<RawResponse> {
  const { method = "GET", path, headers = {}, body } = request;
  const { protocol, host, port } = placeOf(probe.target);
  const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
  const outgoing = httpRequest({
    host,
    port,
    method,
    path,
    // Not `agent: false`: Node would make an agent for each request.
    ...(request.isOnKeptConnection === true
      ? { agent: probe.agent, protocol }
      : { createConnection: () => openOwned(probe) }),
    // The client closes: a server that closed first could cut its own answer to a body it did not read.
    headers: { Connection: "keep-alive", ...length, ...headers },
  });
  probe.own(() => outgoing.destroy());
  const answer = new Promise<RawResponse>((resolve) => {
    const read = (response: IncomingMessage): void => void readResponse(response).then(resolve);
    outgoing.on("response", read);
    outgoing.on("upgrade", (response, socket) => {
      probe.own(() => socket.destroy());
      const { statusCode = 0, statusMessage = "", headers: fields } = response;
      resolve({ status: statusCode, reason: statusMessage, headers: fields, body: "" });
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      resolve({ status: 0, reason: "", headers: {}, body: error.code ?? error.message });
    });
  });
  outgoing.end(body);
  return answer;
}

/** A connection that ends with the case; Node's global agent would keep it as long as the server lets it. */
function openOwned(probe: Probe): Socket {
  const socket = openSocket(probe.target);
  probe.own(() => socket.destroy());
  return socket;
}

async function readResponse(response: IncomingMessage): Promise<RawResponse> {
  const { statusCode = 0, statusMessage = "", headers } = response;
  const body = await new Promise<string>((resolve) => {
    let received = "";
    response.setEncoding("utf8").on("data", (part: string) => (received += part));
    response.once("end", () => resolve(received));
    response.once("error", ({ message }) => resolve(`cut in the middle: ${message}`));
  });
  return { status: statusCode, reason: statusMessage, headers, body };
}

/**
 * Sends bytes that need not be HTTP at all, and hands back all that comes until the connection ends.
 * @param options.isOpen the client does not close its side: a server that takes its time over a credential may take a client
 *   that has done so for gone
 */
export async function sendBytes(
  probe: Probe,
  bytes: string,
  { isOpen = false }: { isOpen?: boolean } = {},
): Promise<string> {
  probe.note(`bytes ${show(bytes)}`);
  const socket = openOwned(probe);
  let received = "";
  const ended = new Promise<string>((resolve) => {
    socket.setEncoding("latin1").on("data", (chunk) => (received += String(chunk)));
    socket.on("close", () => resolve(received));
    socket.on("error", (error) => probe.note(`  → ${error.message}`));
  });
  if (isOpen) socket.write(bytes, "latin1");
  else socket.end(bytes, "latin1");
  const answer = await inTime(probe, "the end of the connection", ended);
  probe.note(`  → ${show(answer)}`);
  expectNoLimit(Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1]));
  return answer;
}

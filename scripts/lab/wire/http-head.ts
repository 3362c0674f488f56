// Reads the head of an HTTP/1 message and says how its body is delimited (RFC 9112 §2, §6.3).

export interface Head {
  /** Empty in a response. */
  method: string;
  /** Empty in a response. */
  target: string;
  /** 0 in a request. */
  status: number;
  /** Empty in a request. */
  reason: string;
  /** Names in lower case; a header that was sent several times is one, its values joined. */
  headers: Map<string, string>;
}

/** How the end of a body is found; `malformed` where nobody can know. */
export type Framing =
  | { by: "length"; bytes: number }
  | { by: "chunks" }
  | { by: "close" }
  | { by: "malformed" };

// Not strict: what is wrong with a request is for its server to say, and worth seeing in a trace.
const REQUEST_LINE = /^(\S+) (\S+)(?: |$)/;
const STATUS_LINE = /^HTTP\/1\.\d (\d{3})(?: (.*))?$/;

/** Reads a head, the empty line at its end left out; undefined if its first line is none of HTTP/1. */
export function readHead(text: string): Head | undefined {
  // Empty lines before a request are ignored (RFC 9112 §2.2).
  const [first = "", ...lines] = text.replace(/^(?:\r?\n)+/, "").split(/\r?\n/);
  const headers = readHeaders(lines);
  const response = STATUS_LINE.exec(first);
  if (response) {
    const [, status, reason = ""] = response;
    return { method: "", target: "", status: Number(status), reason, headers };
  }
  const request = REQUEST_LINE.exec(first);
  if (!request) return undefined;
  return { method: request[1]!, target: request[2]!, status: 0, reason: "", headers };
}

function readHeaders(lines: string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return headers;
}

/** @param isAnswerToHead whether the message answers a HEAD request: then it has no body, even if its headers announce one */
export function framingOf(head: Head, isAnswerToHead: boolean): Framing {
  if (hasNoBody(head, isAnswerToHead)) return { by: "length", bytes: 0 };
  const coding = head.headers.get("transfer-encoding");
  if (coding !== undefined) {
    if (/(?:^|[,\s])chunked$/i.test(coding)) return { by: "chunks" };
    return { by: head.status === 0 ? "malformed" : "close" };
  }
  const length = head.headers.get("content-length");
  if (length === undefined) return head.status === 0 ? { by: "length", bytes: 0 } : { by: "close" };
  // The same length sent twice is one length (RFC 9110 §8.6).
  const [first = "", ...others] = length.split(/\s*,\s*/);
  const isLength = /^\d{1,15}$/.test(first) && others.every((other) => other === first);
  return isLength ? { by: "length", bytes: Number(first) } : { by: "malformed" };
}

function hasNoBody({ status }: Head, isAnswerToHead: boolean): boolean {
  const isInformational = status >= 100 && status < 200;
  return isAnswerToHead || isInformational || status === 204 || status === 304;
}

/** Whether a request asks for another protocol on its connection (RFC 9110 §7.8). */
export function asksForUpgrade({ headers }: Head): boolean {
  return headers.has("upgrade") && /(?:^|[,\s])upgrade\b/i.test(headers.get("connection") ?? "");
}

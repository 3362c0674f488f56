// Reads from a client's error what the client learned, and no more. Runs in Node and in the page alike.

/** What socket.io-client 4.8 puts into `connect_error`; which of it there is depends on transport and platform. */
interface ConnectError extends Error {
  /** Polling: the HTTP status, 0 without an answer. Websocket: the error event of `ws` or of the browser. */
  description?: unknown;
  /** Polling: the XMLHttpRequest. */
  context?: unknown;
  /** What the namespace sent along. */
  data?: unknown;
}

/** What a client can say about a refusal. */
export interface Refusal {
  message: string;
  /** Polling: the HTTP status, 0 without an answer. Websocket: words, where the client has any. */
  description: string | number | undefined;
  status: number | undefined;
  /** The value, where it is JSON, else its text. */
  body: unknown;
  data: unknown;
}

/** The message and the description, and the status, the body and the data where the error holds them. */
export function readRefusal(error: ConnectError): Refusal {
  const { message, description, context, data } = error;
  if (typeof description === "number") {
    const text = description > 0 ? textAt(context, "responseText") : undefined;
    const body = text === undefined ? undefined : readBody(text);
    return { message, data, description, status: description || undefined, body };
  }
  const words = textAt(description, "message");
  return { message, data, description: words, status: statusIn(words), body: undefined };
}

/** The value of a body that is JSON, else its text. */
export function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: the text shows what came.
    return text;
  }
}

// The `ws` package gives the status only in a sentence (8.x, "unexpected-response"), and a browser not at all.
function statusIn(words: string | undefined): number | undefined {
  const status = /^Unexpected server response: (\d{3})$/.exec(words ?? "")?.[1];
  return status === undefined ? undefined : Number(status);
}

function textAt(value: unknown, key: string): string | undefined {
  const text = isObject(value) ? value[key] : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

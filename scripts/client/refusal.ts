// Reads out of a client's error what the client was told, and no more. Runs in Node and in the page alike.

/** What socket.io-client 4.8 puts into `connect_error`; which of it there is depends on transport and platform. */
export interface ConnectError extends Error {
  /** Polling: the HTTP status, 0 without an answer. Websocket: the error event of `ws` or of the browser. */
  description?: unknown;
  /** Polling: the XMLHttpRequest. */
  context?: unknown;
  /** What the namespace sent along. */
  data?: unknown;
}

/** What a client can say about a refusal. */
export interface Told {
  message: string;
  /** Polling: the HTTP status, 0 without an answer. Websocket: words, where the client has any. */
  description: string | number | undefined;
  status: number | undefined;
  body: string | undefined;
  data: unknown;
}

/** The message and the description, and the status, the body and the data where the error holds them. */
export function readRefusal(error: ConnectError): Told {
  const { message, description, context, data } = error;
  if (typeof description === "number") {
    const body = description > 0 ? textAt(context, "responseText") : undefined;
    return { message, data, description, status: description || undefined, body };
  }
  const words = textAt(description, "message");
  return { message, data, description: words, status: statusIn(words), body: undefined };
}

// The `ws` package tells the status in a sentence only (8.x, "unexpected-response"). A browser tells nothing.
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

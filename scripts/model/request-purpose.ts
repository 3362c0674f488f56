// What a request of Socket.IO is for, read from its target. Pure.
import type { RequestStep } from "./trace.ts";

/** `handshake`: it asks for a session. `poll` and `send` belong to one, `upgrade` moves one to a websocket. */
export type Purpose = "handshake" | "upgrade" | "poll" | "send" | "plain";

export interface Purposeful {
  purpose: Purpose;
  /** `polling` or `websocket`; undefined for a plain request. */
  transport: string | undefined;
  /** Without the query. */
  path: string;
  /** The session's masked id; undefined where the request belongs to none. */
  sessionId: string | undefined;
}

/** Reads a request's target. As in Engine.IO, an empty sid is none. */
export function readPurpose({
  method,
  target,
}: Pick<RequestStep, "method" | "target">): Purposeful {
  const [path = "", query = ""] = target.split("?", 2);
  const parameters = new URLSearchParams(query);
  const transport = parameters.get("transport") ?? undefined;
  const sessionId = parameters.get("sid") || undefined;
  const isSocket = parameters.has("EIO") && transport !== undefined;
  if (!isSocket) return { purpose: "plain", transport: undefined, path, sessionId: undefined };
  return { purpose: purposeOf(method, transport, sessionId), transport, path, sessionId };
}

function purposeOf(method: string, transport: string, sessionId: string | undefined): Purpose {
  if (sessionId === undefined) return "handshake";
  if (transport === "websocket") return "upgrade";
  return method === "POST" ? "send" : "poll";
}

/** `websocket handshake`, `upgrade to websocket`, `poll`, `send`; nothing for a plain request. */
export function purposeWords({ purpose, transport }: Purposeful): string {
  switch (purpose) {
    case "handshake":
      return `${transport} handshake`;
    case "upgrade":
      return "upgrade to websocket";
    case "poll":
    case "send":
      return purpose;
    case "plain":
      return "";
  }
}

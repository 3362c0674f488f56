// The purpose of a request, read from its target, and the words for it. Pure.
import type { RequestStep } from "../trace.ts";
import { printable } from "./printable.ts";

/** `handshake`: it asks for a session. `poll` and `send` belong to one, `upgrade` moves one to a websocket. */
type Purpose = "handshake" | "upgrade" | "poll" | "send" | "plain";

interface Purposeful {
  purpose: Purpose;
  /** `polling` or `websocket`; undefined for a plain request. */
  transport: string | undefined;
  /** Without the query. */
  path: string;
  /** From its question mark on; empty for none. */
  query: string;
  /** The session's masked id; undefined where the request belongs to none. */
  sessionId: string | undefined;
}

type Asked = Pick<RequestStep, "method" | "target">;

/** Clients request it again and again. */
const PURPOSES = new WeakMap<Asked, Purposeful>();

/** Reads a request's target. As in Engine.IO, an empty sid is none. */
export function readPurpose(request: Asked): Purposeful {
  const known = PURPOSES.get(request);
  if (known !== undefined) return known;
  const purpose = readTarget(request);
  PURPOSES.set(request, purpose);
  return purpose;
}

function readTarget({ method, target }: Asked): Purposeful {
  const path = target.replace(/\?.*$/s, "");
  const query = target.slice(path.length);
  const parameters = new URLSearchParams(query);
  const transport = parameters.get("transport") ?? undefined;
  const sessionId = parameters.get("sid") || undefined;
  const isSocket = parameters.has("EIO") && transport !== undefined;
  if (!isSocket)
    return { purpose: "plain", transport: undefined, path, query, sessionId: undefined };
  const purpose = purposeOf(method, transport, sessionId);
  return { purpose, transport, path, query, sessionId };
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
      return printable(`${transport} handshake`);
    case "upgrade":
      return "upgrade to websocket";
    case "poll":
    case "send":
      return purpose;
    case "plain":
      return "";
  }
}

/** `GET /socket.io/ (websocket handshake)`, `GET /self`. */
export function requestName(step: RequestStep): string {
  const purposeful = readPurpose(step);
  const purpose = purposeWords(purposeful);
  return printable(`${step.method} ${purposeful.path}`) + (purpose && ` (${purpose})`);
}

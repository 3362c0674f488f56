// What went over the wire in an attempt: requests, responses, frames, in order. Credentials are masked.

/** An Engine.IO packet and, where it carries one, the Socket.IO packet in it. */
export interface Packet {
  /** `open`, `close`, `ping`, `pong`, `message`, `upgrade`, `noop`; `unreadable` for what is no packet. */
  engine: string;
  /** The text after the type digit of a packet that is no message: `probe` in `2probe`; the open packet's JSON. */
  text?: string;
  /** `CONNECT`, `DISCONNECT`, `EVENT`, `ACK`, `CONNECT_ERROR`, `BINARY_EVENT`, `BINARY_ACK`. */
  socket?: string;
  namespace?: string;
  /** The acknowledgement id. */
  id?: number;
  /** What the packet carries; a binary attachment is the text `<binary>`. */
  data?: unknown;
}

/** A token that was seen on the wire: what it says, and never the token itself. */
export interface SeenToken {
  place: "header" | "payload" | "body" | "query";
  /** The auth-scheme as it was spelled, in a header. */
  scheme?: string;
  lastCharacters: string;
  /** The decoded header; null if it cannot be decoded. */
  header: unknown;
  /** The decoded claims; null if they cannot be decoded. */
  claims: unknown;
}

interface Common {
  /** Since the attempt's first byte; a check has the time of what was checked. */
  atMs: number;
  /** Which TCP connection of the attempt, counted from 1. */
  connection: number;
  from: "client" | "server";
}

interface Message extends Common {
  /** Those that matter here, masked: authorization, upgrade, connection, content-type, origin, … */
  headers: Record<string, string>;
  body: string;
  /** The body was longer than what is kept of it. */
  isCutShort?: true;
  packets: Packet[];
  tokens: SeenToken[];
}

export interface RequestStep extends Message {
  kind: "request";
  method: string;
  /** Path and query without the attempt's prefix, the sid masked. */
  target: string;
  /** `tab 1`, `the sender`: whose session it opens, where an attempt has several. */
  opens?: string;
}

export interface ResponseStep extends Message {
  kind: "response";
  status: number;
  reason: string;
}

export interface FrameStep extends Common {
  kind: "frame";
  /** `text`, `binary`, `continuation`, `close`, `ping`, `pong` (RFC 6455 §5.2). */
  opcode: string;
  /** More fragments of the same message follow; its packets are in the last of them. */
  isFragment?: true;
  /** The close code of a close frame, if it has one. */
  closeCode?: number;
  closeReason?: string;
  /** The message was longer than what is kept of it. */
  isCutShort?: true;
  packets: Packet[];
  tokens: SeenToken[];
}

/** The TCP connection ended. */
export interface ClosedStep extends Common {
  kind: "closed";
  /** True if it was cut: a request without its response, or a websocket without a close frame, or a reset. */
  isCut: boolean;
}

/** The server checked a credential (it says so itself, in its log). */
export interface CheckStep extends Common {
  kind: "check";
  /** What was checked: `GET polling handshake`, `CONNECT packet`, `GET /self`. */
  what: string;
  /** Why it was refused, in the words of the server's own log: `jwt expired`. */
  reason?: string;
}

export type Step = RequestStep | ResponseStep | FrameStep | ClosedStep | CheckStep;

export interface Trace {
  steps: Step[];
  /** How many further steps there were, if there were more than a trace keeps. */
  omittedSteps?: number;
}

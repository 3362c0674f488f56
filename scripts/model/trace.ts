// What went over the wire in an attempt: requests, responses, frames, checks, in order, and which of them belong together.
// Credentials are masked.

/** An Engine.IO packet and, where it carries one, the Socket.IO packet in it. */
export interface Packet {
  /** `open`, `close`, `ping`, `pong`, `message`, `upgrade`, `noop`; `unreadable` for what is not a packet. */
  engine: string;
  /** The text after the type digit of a packet that is not a message: `probe` in `2probe`; the open packet's JSON. */
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
  /** The auth-scheme as it was spelled, in an Authorization header. */
  scheme?: string;
  /** The name of any other header: `cookie`. */
  field?: string;
  lastCharacters: string;
  /** The decoded header; null if it cannot be decoded. */
  header: unknown;
  /** The decoded claims; null if they cannot be decoded. */
  claims: unknown;
  forged?: Forgery;
  /** By which a sandbox knows its text, for the bench. */
  id?: string;
}

/** A token whose user was changed after signing. */
export interface Forgery {
  /** The username that its signature fits. */
  was: string;
  /** The username in it; undefined where it has none. */
  now: string | undefined;
}

interface Common {
  /** Counted from 1 in the order in which steps became known. Other steps refer to it. */
  id: number;
  /** Since the attempt's first byte; a check has the time of what was checked. */
  atMs: number;
  /** Which TCP connection of the attempt, counted from 1. */
  connection: number;
  /** The server at its other end, counted from 1, where an attempt has several. */
  server?: number;
  from: "client" | "server";
  /** On the first step after a token of the trace has expired: how long ago that was. */
  expiredMs?: number;
}

interface Message extends Common {
  /** Those that matter here, masked: authorization, upgrade, connection, content-type, origin, … */
  headers: Record<string, string>;
  body: string;
  /** The body was longer than what is stored of it. */
  isCutShort?: true;
  /** How long it was, then. */
  bytes?: number;
  packets: Packet[];
  tokens: SeenToken[];
}

export interface RequestStep extends Message {
  kind: "request";
  method: string;
  /** Path and query without the attempt's prefix, the sid masked. */
  target: string;
  /** Tokens of this trace travel in a cookie, and it has none. */
  lacksCookie?: true;
  /** `tab 1`, `the sender`: whose session it opens, where an attempt has several. */
  opens?: string;
}

export interface ResponseStep extends Message {
  kind: "response";
  /** The id of the request; undefined for a response that nobody asked for, or whose request was not stored. */
  answers?: number;
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
  /** The message was longer than what is stored of it. */
  isCutShort?: true;
  /** How long it was, then. */
  bytes?: number;
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
  /** What was checked: `GET polling handshake`, `CONNECT packet`, `GET /self`, `right "moderation"`. */
  what: string;
  /** The id of the step that brought the credential, or should have; undefined if that was not seen. */
  about?: number;
  decision: Decision;
  /** The id of the step that shows the decision: an answer, or the cut that came instead. */
  shownBy?: number;
  /** Why it was refused, in the words of the server's own log: `jwt expired`. */
  reason?: string;
}

/** Whether it was not the credential that was checked, but what its bearer may do. */
export function isOfRight({ what }: Pick<CheckStep, "what">): boolean {
  return what.startsWith("right ");
}

/** `open`: nothing on the wire shows it, for example because the trace ends before. */
export type Decision = "accepted" | "refused" | "open";

export type Step = RequestStep | ResponseStep | FrameStep | ClosedStep | CheckStep;

export interface Trace {
  steps: Step[];
  /** How many steps came before these, where only the last are stored. */
  droppedSteps?: number;
  /** How many came after these, where only the first are stored. */
  omittedSteps?: number;
}

/** The step with an id; undefined for no id, and for a step that was not stored. */
export function stepOf(steps: readonly Step[], id: number | undefined): Step | undefined {
  return id === undefined ? undefined : steps.find((step) => step.id === id);
}

/** What came of a request: its response, or the end of its connection instead; undefined while nothing has come. */
export function answerTo(
  steps: readonly Step[],
  { id, connection }: RequestStep,
): ResponseStep | ClosedStep | undefined {
  const response = steps.find((step) => isFinalResponse(step) && step.answers === id);
  const end = steps.find((step) => step.kind === "closed" && step.connection === connection);
  return (response ?? end) as ResponseStep | ClosedStep | undefined;
}

/** An interim response (1xx) is followed by the answer itself; 101 is the answer (RFC 9110 §15.2). */
function isFinalResponse(step: Step): step is ResponseStep {
  return step.kind === "response" && (step.status >= 200 || step.status === 101);
}

/** The check of what a step brought. */
export function checkOf(steps: readonly Step[], { id }: Step): CheckStep | undefined {
  return steps.find((step) => step.kind === "check" && step.about === id) as CheckStep | undefined;
}

/** The tokens that a step carries. */
export function tokensOf(step: Step): SeenToken[] {
  return "tokens" in step ? step.tokens : [];
}

/** Whether a packet of that name is among those that a step carries. */
export function carries(step: Step, from: Step["from"], socket: string): boolean {
  return (
    "packets" in step && step.from === from && step.packets.some((each) => each.socket === socket)
  );
}

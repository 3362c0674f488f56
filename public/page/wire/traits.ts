// Which steps of two attempts stand for the same moment, and what of them matters in a comparison. Pure.
//
// It matters what was asked and for which purpose, whether a credential came along and with which scheme, what was
// answered, which Socket.IO packets were sent, what was checked, and that a connection was cut.
// It does not matter when and on which connection; which sid, token, acknowledgement number and offset it was; the
// parameters that keep caches away; headers that every client of one kind adds (Host, Origin, Connection,
// Cache-Control, Content-Length, the charset of a content type), their order and case; how many polls carried the packets,
// or whether they still came by polling or already by websocket; how a connection ends cleanly; and how far an upgrade came
// before the server refused the namespace or disconnected.
import {
  carries,
  type Packet,
  type RequestStep,
  type Step,
  stepOf,
} from "../../../scripts/model/trace.ts";
import { packetName, packetWords } from "../../../scripts/model/words/packet.ts";
import { readPurpose, requestName } from "../../../scripts/model/words/purpose.ts";

/** Of a connection that ended cleanly. */
export const CLOSED = "closed";

/** Equal for steps that stand for the same moment of an attempt, even if they differ in what they carry. */
export function momentOf(steps: readonly Step[], step: Step): string {
  switch (step.kind) {
    case "request":
      return requestName(step);
    case "response": {
      const request = stepOf(steps, step.answers);
      return `answer to ${request?.kind === "request" ? requestName(request) : "nothing"}`;
    }
    case "frame":
      return `frame ${step.from} ${step.opcode} ${step.packets.map(eventName).join(" ")}`;
    case "check":
      return `check ${step.what}`;
    case "closed":
      return step.isCut ? `cut by ${step.from}` : CLOSED;
  }
}

/** Two events are the same moment only if they have the same name: `EVENT sendNote`. */
function eventName(packet: Packet): string {
  const { socket, data } = packet;
  return socket === "EVENT" && Array.isArray(data) ? `EVENT ${data[0]}` : packetName(packet);
}

/** Something that a step shows; two attempts diverge where one shows what the other never does. */
interface Trait {
  text: string;
  /** Whether it matters how often it occurs. */
  isCounted: boolean;
}

/** What matters of a step. */
function traitsOf(steps: readonly Step[], step: Step): Trait[] {
  const moment = momentOf(steps, step);
  switch (step.kind) {
    case "request":
      return [
        trait(`${moment}, ${credentialOf(step)}`, !isCarrier(step)),
        ...carriedBy(steps, step),
      ];
    case "response": {
      const challenge = step.headers["www-authenticate"] ?? "";
      const isCounted = !isCarrier(stepOf(steps, step.answers));
      return [
        trait(`${moment}: ${step.status} ${challenge}`, isCounted),
        ...carriedBy(steps, step),
      ];
    }
    case "frame":
      return carriedBy(steps, step);
    case "check":
      return [trait(moment, false)];
    case "closed":
      return step.isCut ? [trait(moment, true)] : [];
  }
}

function trait(text: string, isCounted: boolean): Trait {
  return { text: withoutSecrets(text), isCounted };
}

/** Polls and sends only carry packets; how many of them there are is a matter of time. */
function isCarrier(request: Step | undefined): boolean {
  return request?.kind === "request" && /^(?:poll|send)$/.test(readPurpose(request).purpose);
}

/** The scheme as it was spelled, since servers differ there; or that there was none; or the cookie. */
export function credentialOf({ headers }: RequestStep): string {
  const { authorization, cookie } = headers;
  return (
    authorization?.replace(/…\S*$/, "…") ?? (cookie && withoutSecrets(cookie)) ?? "no Authorization"
  );
}

// Of Engine.IO's own packets, only the open packet can differ between two attempts.
function carriedBy(
  steps: readonly Step[],
  step: Exclude<Step, { kind: "check" | "closed" }>,
): Trait[] {
  if (step.packets.length === 0 && "body" in step)
    return step.body === "" || step.body === "ok" ? [] : [trait(`body ${step.body}`, true)];
  return step.packets
    .filter(({ engine }) => engine === "message" || engine === "open" || engine === "unreadable")
    .map((packet) => withoutOffset(steps, packet))
    .map((packet) => trait(`${step.from} ${packetWords({ ...packet, id: 0 })}`, true));
}

// With connection state recovery, the server adds the time to the arguments of an event, and the client shows the last one.
function withoutOffset(steps: readonly Step[], packet: Packet): Packet {
  const { socket, data } = packet;
  if (socket === "CONNECT" && Object.hasOwn(Object(data) as object, "offset"))
    return { ...packet, data: { ...(data as object), offset: "…" } };
  const isTimed = Array.isArray(data) && /^[\w-]{7}(?:\.[\w-]+)?$/.test(String(data.at(-1)));
  if (socket !== "EVENT" || !isTimed || !steps.some(isRecoverable)) return packet;
  return { ...packet, data: [...data.slice(0, -1), "…"] };
}

function isRecoverable(step: Step): boolean {
  if (!carries(step, "server", "CONNECT") || !("packets" in step)) return false;
  return step.packets.some(({ data }) => Object.hasOwn(Object(data) as object, "pid"));
}

/** Masked secrets show their last characters; those differ from run to run. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/…[\w-]{1,6}/g, "…");
}

// --- Two attempts ---

/** The steps that the other attempt has nothing equal to, whenever and in whichever order. */
export function findOwn(steps: readonly Step[], other: readonly Step[]): Set<Step> {
  const left = new Map<string, number>();
  for (const step of other)
    for (const { text } of traitsOf(other, step)) left.set(text, (left.get(text) ?? 0) + 1);
  const moments = new Set(other.map((step) => momentOf(other, step)));
  const racing = racingConnections(steps);
  const own = new Set<Step>();
  for (const step of steps) {
    const isRacing = racing.has(step.connection);
    const isComparable = moments.has(momentOf(steps, step)) && !isLate(step);
    if (isRacing && !isComparable) continue;
    for (const { text, isCounted } of traitsOf(steps, step)) {
      const count = left.get(text) ?? 0;
      if (count === 0) own.add(step);
      else if (isCounted && !isRacing) left.set(text, count - 1);
    }
  }
  return own;
}

/** Those of upgrades, where the server refuses a namespace or disconnects: how far an upgrade comes before that is a race. */
function racingConnections(steps: readonly Step[]): Set<number> {
  if (!steps.some(endsSession)) return new Set();
  return new Set(steps.filter(isUpgrade).map(({ connection }) => connection));
}

function endsSession(step: Step): boolean {
  return carries(step, "server", "CONNECT_ERROR") || carries(step, "server", "DISCONNECT");
}

function isUpgrade(step: Step): boolean {
  return step.kind === "request" && readPurpose(step).purpose === "upgrade";
}

/** An answer to an upgrade that says when it came, and nothing about its credential. */
function isLate(step: Step): boolean {
  return step.kind === "response" && step.status !== 401 && step.status !== 403;
}

/** How far the upgrades came, where that is a race: equal for two attempts in which they came equally far. */
export function raceOf(steps: readonly Step[]): string {
  const racing = racingConnections(steps);
  const own = steps.filter(({ kind, connection }) => kind !== "closed" && racing.has(connection));
  return own.map((step) => (step.kind === "response" ? step.status : step.kind)).join();
}

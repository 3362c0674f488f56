// Which steps of two attempts stand for the same moment, and what of them matters in a comparison. Pure.
//
// It matters what was asked and for which purpose, whether a credential came along and with which scheme, what was
// answered, which Socket.IO packets were sent, what was checked, and that a connection was cut.
// It does not matter when and on which connection; which sid, which token and which acknowledgement number it was; the
// parameters that keep caches away; headers that every client of one kind sends by itself (Host, Origin, Connection,
// Cache-Control, Content-Length, the charset of a content type), their order and case; how many polls carried the packets,
// or whether they still came by polling or already by websocket; and how a connection ends in good order.
import type { RequestStep, ResponseStep, Step } from "../../../scripts/model/trace.ts";
import { requestOf } from "../../../scripts/model/check-verdict.ts";
import { packetName, packetWords } from "./packet-words.ts";
import { purposeWords, readPurpose } from "../../../scripts/model/request-purpose.ts";

/** Of a connection that ended in good order. */
export const CLOSED = "closed";

/** Equal for steps that stand for the same moment of an attempt, whatever they say in it. */
export function likenessOf(steps: readonly Step[], index: number): string {
  const step = steps[index]!;
  switch (step.kind) {
    case "request":
      return requestLikeness(step);
    case "response": {
      const request = requestOf(steps, index);
      return `answer to ${request === undefined ? "nothing" : requestLikeness(request)}`;
    }
    case "frame":
      return `frame ${step.from} ${step.opcode} ${step.packets.map(packetName).join(" ")}`;
    case "check":
      return `check ${step.what}`;
    case "closed":
      return step.isCut ? `cut by ${step.from}` : CLOSED;
  }
}

function requestLikeness(step: RequestStep): string {
  const purposeful = readPurpose(step);
  return `${step.method} ${purposeful.path} ${purposeWords(purposeful)}`;
}

/** Something that a step shows; two attempts part where one shows what the other never does. */
export interface Trait {
  text: string;
  /** Whether it matters how often it occurs. */
  isCounted: boolean;
}

/** What matters of a step. */
export function traitsOf(steps: readonly Step[], index: number): Trait[] {
  const step = steps[index]!;
  const likeness = likenessOf(steps, index);
  switch (step.kind) {
    case "request":
      return [once(`${likeness}, ${credentialOf(step)}`, !isCarrier(step)), ...carriedBy(step)];
    case "response": {
      const isCounted = !isCarrier(requestOf(steps, index));
      return [
        once(`${likeness}: ${step.status} ${challengeOf(step)}`, isCounted),
        ...carriedBy(step),
      ];
    }
    case "frame":
      return carriedBy(step);
    case "check":
      return [once(likeness, false)];
    case "closed":
      return step.isCut ? [once(likeness, true)] : [];
  }
}

function once(text: string, isCounted: boolean): Trait {
  return { text: withoutSecrets(text), isCounted };
}

/** Polls and sends only carry packets; how many of them there are is a matter of time. */
function isCarrier(request: RequestStep | undefined): boolean {
  return request !== undefined && /^(?:poll|send)$/.test(readPurpose(request).purpose);
}

function challengeOf({ headers }: ResponseStep): string {
  return headers["www-authenticate"] ?? "";
}

/** The scheme as it was spelled, since servers differ there; or that there was none. */
export function credentialOf({ headers }: RequestStep): string {
  return headers["authorization"]?.replace(/…\S*$/, "…") ?? "no Authorization";
}

// Of Engine.IO's own packets only the offer of a session tells something that two attempts can differ in.
function carriedBy(step: Exclude<Step, { kind: "check" | "closed" }>): Trait[] {
  if (step.packets.length === 0 && "body" in step)
    return step.body === "" || step.body === "ok" ? [] : [once(`body ${step.body}`, true)];
  return step.packets
    .filter(({ engine }) => engine === "message" || engine === "open" || engine === "unreadable")
    .map((packet) => once(`${step.from} ${packetWords({ ...packet, id: 0 })}`, true));
}

/** Masked secrets show their last characters; those differ from run to run. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/…[\w-]{1,6}/g, "…");
}

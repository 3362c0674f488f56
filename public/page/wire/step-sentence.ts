// Reads a step as one sentence, for a screen reader and for the list of steps. Pure.
import type { RequestStep, ResponseStep, Step } from "../../../scripts/model/trace.ts";
import { authorizationWords, maskedToken } from "./authorization-words.ts";
import { type Verdict, verdictOf } from "../../../scripts/model/check-verdict.ts";
import { frameWords, packetWords } from "./packet-words.ts";
import { printable } from "./plain-text.ts";
import { purposeWords, readPurpose } from "../../../scripts/model/request-purpose.ts";

/** How the two sides are called: `Chrome 147` and `cjs server`. */
export interface SideNames {
  client: string;
  server: string;
}

/** `At 6.4 ms, the cjs server answers 401 Unauthorized, …`, with the number of the TCP connection. */
export function stepSentence(steps: readonly Step[], index: number, names: SideNames): string {
  const step = steps[index]!;
  // When a check was made, nothing on the wire shows.
  const time = step.kind === "check" ? "Then" : `At ${millisecondsWords(step.atMs)}`;
  const where = step.kind === "closed" ? "" : `, on connection ${step.connection}`;
  return `${time}${where}: ${deedOf(steps, index, names)}.`;
}

/** `6.4 ms`, `1,204 ms`. */
export function millisecondsWords(atMs: number): string {
  return `${timeWords(atMs)} ms`;
}

/** The number alone: one decimal below 100, thousands set apart. */
export function timeWords(atMs: number): string {
  return atMs < 100 ? atMs.toFixed(1) : Math.round(atMs).toLocaleString("en-GB");
}

function deedOf(steps: readonly Step[], index: number, { client, server }: SideNames): string {
  const step = steps[index]!;
  const who = step.from === "client" ? client : `the ${server}`;
  switch (step.kind) {
    case "request":
      return `${who} asks ${requestWords(step)}`;
    case "response":
      return `${who} answers ${responseWords(step)}`;
    case "frame":
      return `${who} sends ${frameWords(step)}${tokenWords(step)}`;
    case "check":
      return `${who} checks the credential of the ${step.what}${decisionWords(verdictOf(steps, index))}`;
    case "closed":
      return step.isCut
        ? `${who} cuts connection ${step.connection}, and says nothing`
        : `${who} closes connection ${step.connection}`;
  }
}

function decisionWords({ decision, reason }: Verdict): string {
  return DECISIONS[decision] + (reason === undefined ? "" : `: "${printable(reason)}"`);
}

const DECISIONS: Record<Verdict["decision"], string> = {
  accepted: " and accepts it",
  refused: " and refuses it",
  open: "; nothing on the wire shows the decision",
};

function requestWords(step: RequestStep): string {
  const purposeful = readPurpose(step);
  const purpose = purposeWords(purposeful);
  const { text } = authorizationWords(step);
  return [
    printable(`${step.method} ${purposeful.path}`) + (purpose && `, ${purpose}`),
    ...(step.opens === undefined ? [] : [`for ${step.opens}`]),
    `with ${text}`,
    ...contentWords(step),
  ].join(", ");
}

function responseWords(step: ResponseStep): string {
  const challenge = step.headers["www-authenticate"];
  return [
    printable(`${step.status} ${step.reason}`).trim(),
    ...(challenge === undefined ? [] : [`with the challenge ${printable(challenge)}`]),
    ...contentWords(step),
  ].join(", ");
}

function contentWords({ packets, body, isCutShort }: RequestStep | ResponseStep): string[] {
  if (packets.length > 0) return [`carrying ${packets.map(packetWords).join(" and ")}`];
  if (body === "") return [];
  return [`with the body ${printable(body)}${isCutShort ? "…" : ""}`];
}

function tokenWords({ tokens }: Extract<Step, { kind: "frame" }>): string {
  return tokens.map((token) => `, with token ${maskedToken(token)}`).join("");
}

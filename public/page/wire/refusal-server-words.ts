// What the server knew when it refused, and what it sent: read from the trace alone. Pure.
import type { SeenToken, Step } from "../../../scripts/model/trace.ts";
import { maskedToken } from "./authorization-words.ts";
import { type Verdict, verdictAbout } from "../../../scripts/model/check-verdict.ts";
import { packetWords } from "./packet-words.ts";
import { printable, printableValue } from "./plain-text.ts";
import { purposeWords, readPurpose } from "../../../scripts/model/request-purpose.ts";
import { fieldsOf, timeLeftOf } from "./token-words.ts";

/** @param now seconds since 1970 */
export function knewWords(steps: readonly Step[], { about }: Verdict, now: number): string {
  const step = steps[about ?? -1];
  if (step === undefined) return "The trace does not show what it refused.";
  const { decision, reason } = verdictAbout(steps, about!) ?? {};
  const why = reason === undefined ? "." : `: "${printable(reason)}".`;
  const end = decision === "refused" ? ` It checked that, and refused it${why}` : "";
  if (isOfGuard(steps, about!))
    return `A CONNECT packet, on a session whose handshake it had accepted.${end}`;
  if (step.kind === "request" && !isPayloadRead(steps)) return `${requestWords(step, now)}.${end}`;
  const tokens = "tokens" in step ? step.tokens : [];
  const token = tokens.find(({ place }) => place !== "header");
  const payload = token === undefined ? "without a token" : `with ${tokenWords(token, now)}`;
  const header =
    isPayloadRead(steps) && steps.some(hasHeader)
      ? " A header came too; this server does not look at it."
      : "";
  return `A CONNECT packet ${payload}.${end}${header}`;
}

function isPayloadRead(steps: readonly Step[]): boolean {
  return isConnectChecked(steps) && !isHandshakeChecked(steps);
}

/** Behind the handshake the guard of the namespace looks at the user that it left, and at no token. */
function isOfGuard(steps: readonly Step[], about: number): boolean {
  const step = steps[about]!;
  const isConnect = "packets" in step && step.packets.some(({ socket }) => socket === "CONNECT");
  return isConnect && isConnectChecked(steps) && isHandshakeChecked(steps);
}

function isConnectChecked(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === "check" && step.what === "CONNECT packet");
}

function isHandshakeChecked(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === "check" && step.what !== "CONNECT packet");
}

function hasHeader(step: Step): boolean {
  return step.kind === "request" && step.headers.authorization !== undefined;
}

function requestWords(step: Extract<Step, { kind: "request" }>, now: number): string {
  const purposeful = readPurpose(step);
  const name = purposeWords(purposeful) || printable(`${step.method} ${purposeful.path}`);
  const article = /^(?:GET|POST)/.test(name) ? "" : "A ";
  return `${article}${name} ${credentialWords(step, now)}`;
}

function credentialWords(step: Extract<Step, { kind: "request" }>, now: number): string {
  const { authorization } = step.headers;
  const token = step.tokens.find(({ place }) => place === "header");
  if (authorization === undefined) return "without an Authorization header";
  if (token === undefined)
    return `with Authorization: ${printable(authorization)}, in which no token was found`;
  return `with the scheme ${printable(token.scheme ?? "")} and ${tokenWords(token, now)}`;
}

/** `the token …2f8kQw (HS256, john; ended 1 hour ago)` */
function tokenWords(token: SeenToken, now: number): string {
  if (token.claims === null) return `${maskedToken(token)}, which is no JSON Web Token`;
  const { username } = fieldsOf(fieldsOf(token.claims)["data"]);
  const { alg } = fieldsOf(token.header);
  const who = username === undefined ? "no user" : printableValue(username);
  const time = timeLeftOf(token, now).sentence.replace(/\.$/, "");
  return `the token ${maskedToken(token)} (${printableValue(alg)}, ${who}; ${time.charAt(0).toLowerCase()}${time.slice(1)})`;
}

export function sentWords(step: Step | undefined): string {
  if (step === undefined) return "The trace ends before an answer.";
  if (step.kind === "closed")
    return step.isCut ? "Nothing: it cut the connection." : "Nothing: it closed the connection.";
  const error =
    "packets" in step ? step.packets.find(({ socket }) => socket === "CONNECT_ERROR") : undefined;
  if (error !== undefined) return `${packetWords(error)}.`;
  return step.kind === "response" ? `${responseWords(step)}.` : "Nothing that refuses.";
}

function responseWords({
  status,
  reason,
  headers,
  body,
}: Extract<Step, { kind: "response" }>): string {
  const challenge = headers["www-authenticate"];
  return [
    printable(`${status} ${reason}`).trim(),
    challenge === undefined ? "no challenge" : `the challenge ${printable(challenge)}`,
    body === "" ? "no body" : `the body ${printable(body)}`,
  ].join(", ");
}

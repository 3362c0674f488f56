// A refusal as each side saw it: what the server knew and sent, what each client sees, whether it retries. Pure.
import { actWords } from "../../../scripts/model/words/acts.ts";
import type { ActOutcome, Outcome } from "../../../scripts/model/acts.ts";
import type { Refused } from "../../../scripts/model/acts/connect.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { decisive } from "../../../scripts/model/outcome.ts";
import {
  answerTo,
  carries,
  checkOf,
  type ResponseStep,
  type SeenToken,
  type Step,
  stepOf,
} from "../../../scripts/model/trace.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import { packetWords } from "../../../scripts/model/words/packet.ts";
import { printable } from "../../../scripts/model/words/printable.ts";
import { requestName } from "../../../scripts/model/words/purpose.ts";
import { credentialLine } from "../../../scripts/model/words/step.ts";
import { maskedToken, timeLeftOf, tokenFacts } from "../../../scripts/model/words/token.ts";
import { valueWords } from "../../../scripts/model/words/values.ts";

type Answered = Extract<ActOutcome, { result: "answered" }>;

export interface LensInput {
  browser: FilledCell | undefined;
  node: FilledCell | undefined;
  /** `Chrome 147`, `Node`. */
  names: Record<Client, string>;
  /** Seconds since 1970. */
  now: number;
}

/** One question and its answers; `who` is left out where the answer holds for both clients. */
interface LensEntry {
  question: string;
  answers: { who: string | undefined; sentence: string }[];
}

/** The five questions of a refusal; undefined where neither client was refused. */
export function lensOf({ browser, node, names, now }: LensInput): LensEntry[] | undefined {
  const cells = [browser, node].filter((cell) => cell !== undefined);
  const refused = cells.filter(isRefused);
  if (refused.length === 0) return undefined;
  /** Where only one of two clients got an answer, it is named. */
  const ask = (question: string, answer: (cell: FilledCell) => string): LensEntry => {
    const sentences = refused.map(answer);
    const isForAll = refused.length === cells.length && new Set(sentences).size === 1;
    if (isForAll) return { question, answers: [{ who: undefined, sentence: sentences[0]! }] };
    const answers = refused.map(({ client }, at) => ({
      who: names[client],
      sentence: sentences[at]!,
    }));
    return { question, answers };
  };
  return [
    ask("What the server knew", ({ trace: { steps } }) =>
      knewWords(steps, refusalIn(steps).about, now),
    ),
    ask("What it sent", ({ trace: { steps } }) => sentWords(refusalIn(steps).shownBy)),
    ...cells.map(({ client, outcome }) => ({
      question: `What ${names[client]} sees`,
      answers: [{ who: undefined, sentence: seenWords(outcome) }],
    })),
    ask("Does the client retry?", ({ outcome }) => retryWords(outcome)),
  ];
}

function isRefused({ outcome }: FilledCell): boolean {
  const last = decisive(outcome);
  return last.result === "refused" || (last.result === "answered" && last.status >= 400);
}

// --- The server's side, read only from the trace ---

/** What was refused, and the step that shows it. */
interface Refusal {
  about: Step | undefined;
  shownBy: Step | undefined;
}

/** What the last check refused; without one, the last thing that the server turned down. */
function refusalIn(steps: readonly Step[]): Refusal {
  const check = steps.findLast((step) => step.kind === "check" && step.decision === "refused");
  if (check?.kind === "check")
    return { about: stepOf(steps, check.about), shownBy: stepOf(steps, check.shownBy) };
  const error = steps.findLast((step) => carries(step, "server", "CONNECT_ERROR"));
  if (error !== undefined) {
    const before = steps.slice(0, steps.indexOf(error));
    return { about: before.findLast((step) => carries(step, "client", "CONNECT")), shownBy: error };
  }
  for (const about of steps.toReversed()) {
    if (about.kind !== "request") continue;
    const shownBy = answerTo(steps, about);
    if (shownBy?.kind !== "response" || shownBy.status >= 400) return { about, shownBy };
  }
  return { about: undefined, shownBy: undefined };
}

function knewWords(steps: readonly Step[], about: Step | undefined, now: number): string {
  if (about === undefined) return "The trace does not show what it refused.";
  const { decision, reason } = checkOf(steps, about) ?? {};
  const why = reason === undefined ? "." : `: "${printable(reason)}".`;
  const end = decision === "refused" ? ` It checked that and refused it${why}` : "";
  const isChecked = (isConnect: boolean): boolean =>
    steps.some((step) => step.kind === "check" && (step.what === "CONNECT packet") === isConnect);
  const [isConnectChecked, isHandshakeChecked] = [isChecked(true), isChecked(false)];
  // After the handshake the guard of the namespace looks at the user that it left, and at no token.
  if (carries(about, "client", "CONNECT") && isConnectChecked && isHandshakeChecked)
    return `A CONNECT packet, on a session whose handshake it had accepted.${end}`;
  const isPayloadRead = isConnectChecked && !isHandshakeChecked;
  if (about.kind === "request" && !isPayloadRead) {
    const { text, token } = credentialLine(about);
    return `${requestName(about)} with ${text}${token ? factsWords(token, now) : ""}.${end}`;
  }
  const tokens = "tokens" in about ? about.tokens : [];
  const token = tokens.find(({ place }) => place !== "header");
  const payload = token ? `token ${maskedToken(token)}${factsWords(token, now)}` : "no token";
  const hasHeader = steps.some(
    (step) => step.kind === "request" && step.headers["authorization"] !== undefined,
  );
  const header =
    isPayloadRead && hasHeader
      ? " An Authorization header came too; this server does not read it."
      : "";
  return `A CONNECT packet with ${payload}.${end}${header}`;
}

/** ` (HS256, john, expired 1 hour ago)` */
function factsWords(token: SeenToken, now: number): string {
  const facts = tokenFacts(token);
  if (facts === undefined) return " (not a JWT)";
  const { sentence } = timeLeftOf(token, now);
  return ` (${facts}, ${sentence.charAt(0).toLowerCase()}${sentence.slice(1, -1)})`;
}

// What came is quoted as it is, so no stop follows it: it would look like a part, and stand alone where the quote fills a line.
function sentWords(step: Step | undefined): string {
  if (step === undefined) return "The trace ends before an answer.";
  if (step.kind === "closed")
    return step.isCut ? "Nothing: it cut the connection." : "Nothing: it closed the connection.";
  const packets = "packets" in step ? step.packets : [];
  const error = packets.find(({ socket }) => socket === "CONNECT_ERROR");
  if (error !== undefined) return packetWords(error);
  return step.kind === "response" ? responseWords(step) : "Nothing that refuses.";
}

function responseWords({ status, reason, headers, body }: ResponseStep): string {
  const challenge = headers["www-authenticate"];
  return [
    printable(`${status} ${reason}`).trim(),
    challenge === undefined ? "no challenge" : `the challenge ${printable(challenge)}`,
    body === "" ? "no body" : `the body ${printable(body)}`,
  ].join(", ");
}

// --- The client's side, read only from its outcome ---

function seenWords(outcome: Outcome): string {
  const last = decisive(outcome);
  switch (last.result) {
    case "connected":
      return `No refusal: it is connected${last.user ? ` as ${printable(last.user.username)}` : ""}.`;
    case "unanswered":
      return "Nothing: neither a connection nor a refusal came in time.";
    case "answered":
      return `All of it: ${answeredWords(last)}`;
    case "refused":
      return refusedWords(last);
    default: {
      const { word, detail } = actWords(last);
      return `No refusal: ${word}, ${printable(detail)}.`;
    }
  }
}

function answeredWords({ status, challenge, body }: Answered): string {
  return [
    `the status ${status}`,
    challenge === undefined ? "no challenge" : `the challenge ${printable(challenge)}`,
    `the body ${printable(valueWords(body))}`,
  ].join(", ");
}

function refusedWords({ message, description, status, body, data, refusedBy }: Refused): string {
  const more = [
    ...(typeof description === "string" ? [`“${printable(description)}”`] : []),
    ...(status === undefined ? [] : [`the status ${status}`]),
    ...(body === undefined ? [] : [`the body ${printable(valueWords(body))}`]),
    ...(data === undefined ? [] : [`the data ${printable(valueWords(data))}`]),
  ];
  if (more.length > 0) return `“${printable(message)}”, ${more.join(", ")}`;
  // A namespace refuses with a message and nothing else; of a handshake's refusal, the reason is what is missing.
  return refusedBy === "namespace"
    ? `“${printable(message)}”`
    : `“${printable(message)}” and nothing else: no status, no body, no reason.`;
}

function retryWords(outcome: Outcome): string {
  const last = decisive(outcome);
  if (last.result === "answered") return "No. A plain request is sent once.";
  if (last.result === "refused" && last.willRetry)
    return "Yes, automatically and for ever, with the same options.";
  return "No. Your code must call connect() again.";
}

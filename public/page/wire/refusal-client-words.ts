// What a client was told of a refusal, and whether it tries again: read from its outcome alone. Pure.
import type { Answered, Outcome, Refused } from "../../../scripts/model/outcome.ts";
import { valueWords } from "../lesson/outcome-words.ts";
import { printable } from "./plain-text.ts";

export function toldWords(outcome: Outcome | Answered): string {
  switch (outcome.result) {
    case "connected":
      return `It was not refused: it is connected${outcome.user ? ` as ${printable(outcome.user.username)}` : ""}.`;
    case "unanswered":
      return "Nothing: neither a connection nor a refusal came in time.";
    case "answered":
      return answeredWords(outcome);
    case "refused":
      return refusedWords(outcome);
  }
}

function answeredWords({ status, challenge, body }: Answered): string {
  const told = [
    `the status ${status}`,
    challenge === undefined ? "no challenge" : `the challenge ${printable(challenge)}`,
    `the body ${printable(valueWords(body))}`,
  ];
  return `All of it: ${told.join(", ")}.`;
}

function refusedWords({ message, description, status, body, data, refusedBy }: Refused): string {
  const more = [
    ...(typeof description === "string" ? [`“${printable(description)}”`] : []),
    ...(status === undefined ? [] : [`the status ${status}`]),
    ...(body === undefined ? [] : [`the body ${printable(valueWords(body))}`]),
    ...(data === undefined ? [] : [`the data ${printable(valueWords(data))}`]),
  ];
  if (more.length > 0) return `“${printable(message)}”, ${more.join(", ")}.`;
  // Of a namespace's refusal the message is all there is; of a handshake's, the reason is what is missing.
  return refusedBy === "namespace"
    ? `“${printable(message)}”.`
    : `“${printable(message)}”, and nothing else: no status, no body, no reason.`;
}

export function retryWords(outcome: Outcome | Answered): string {
  if (outcome.result === "answered") return "No. A plain request is sent once.";
  if (outcome.result !== "refused") return "There is no need to.";
  return outcome.willRetry
    ? "Yes, by itself and for ever, with the same options."
    : "No. The program has to connect again by itself.";
}

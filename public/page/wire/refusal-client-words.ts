// What a client was told of a refusal, and whether it tries again: read from its outcome alone. Pure.
import { actWords } from "../../../scripts/model/act-words.ts";
import type { Refused } from "../../../scripts/model/acts/connect.ts";
import type { ActOutcome, Outcome } from "../../../scripts/model/acts.ts";
import { decisive } from "../../../scripts/model/outcome.ts";
import { valueWords } from "../../../scripts/model/words/values.ts";
import { printable } from "./plain-text.ts";

export function toldWords(outcome: Outcome): string {
  const told = decisive(outcome);
  switch (told.result) {
    case "connected":
      return `It was not refused: it is connected${told.user ? ` as ${printable(told.user.username)}` : ""}.`;
    case "unanswered":
      return "Nothing: neither a connection nor a refusal came in time.";
    case "answered":
      return answeredWords(told);
    case "refused":
      return refusedWords(told);
    default: {
      const { word, detail } = actWords(told);
      return printable(`It was not refused: ${word}, ${detail}.`);
    }
  }
}

function answeredWords({
  status,
  challenge,
  body,
}: Extract<ActOutcome, { result: "answered" }>): string {
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

export function retryWords(outcome: Outcome): string {
  const told = decisive(outcome);
  if (told.result === "answered") return "No. A plain request is sent once.";
  if (told.result !== "refused") return "There is no need to.";
  return told.willRetry
    ? "Yes, automatically and forever, with the same options."
    : "No. The program itself has to connect again.";
}

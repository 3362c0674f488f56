// The words for an outcome: the same in the matrix, in the open cell and for a screen reader. Pure.
import type { Answered, Outcome, Refused } from "../../../scripts/model/outcome.ts";
import {
  connectionWords,
  messageIn,
  receiverName,
} from "../../../scripts/model/connection-words.ts";

/** What stands before the word; it says the same as the word. */
export type Shape = "good" | "bad" | "open";

export interface OutcomeWords {
  shape: Shape;
  /** `connected`, `refused`, `answered 401`, `unanswered`. */
  word: string;
  /** The most telling rest, in a few words. */
  detail: string;
}

/** An outcome in a few words, to fit a cell. */
export function outcomeWords(outcome: Outcome | Answered): OutcomeWords {
  switch (outcome.result) {
    case "connected":
      return {
        shape: "good",
        word: "connected",
        detail: valueWords(connectionWords(outcome, " → ")),
      };
    case "refused": {
      const { message, status } = outcome;
      const detail = status === undefined ? message : `${message}, ${status}`;
      return { shape: "bad", word: "refused", detail };
    }
    case "answered": {
      const { status, body } = outcome;
      const shape = status < 400 ? "good" : "bad";
      return { shape, word: `answered ${status}`, detail: valueWords(messageIn(body)) };
    }
    case "unanswered":
      return { shape: "open", word: "unanswered", detail: "nothing came in time" };
  }
}

/** What the client was told and experienced, a name and a value each. */
export function outcomeFacts(outcome: Outcome | Answered): [name: string, value: string][] {
  switch (outcome.result) {
    case "connected":
      return [
        ["user", outcome.user === undefined ? "none" : valueWords(outcome.user)],
        ["first transport", outcome.firstTransport],
        ["last transport", outcome.lastTransport],
        ...outcome.replies.map((reply): [string, string] => ["acknowledged", valueWords(reply)]),
        ...receivedFacts(outcome.received),
      ];
    case "refused":
      return [
        ["refused by", `the ${outcome.refusedBy}`],
        ["message", outcome.message],
        ["description", String(outcome.description ?? "not told")],
        ["status", statusWords(outcome)],
        ["body", outcome.body === undefined ? "not told" : valueWords(outcome.body)],
        ...(outcome.data === undefined
          ? []
          : [["data", valueWords(outcome.data)] satisfies [string, string]]),
        ["tries again", outcome.willRetry ? "yes, by itself" : "no"],
      ];
    case "answered":
      return [
        ["status", String(outcome.status)],
        ["challenge", outcome.challenge ?? "none"],
        ["body", valueWords(outcome.body)],
      ];
    case "unanswered":
      return [["answer", "neither a connection nor a refusal came in time"]];
  }
}

/** The error has no status of its own: whoever wants it reads the description. */
function statusWords({ status, description }: Refused): string {
  if (status === undefined) return "not told";
  return description === undefined ? String(status) : `${status}, read from the description`;
}

function receivedFacts(received: unknown[][][]): [string, string][] {
  return received.flatMap((events, index) => {
    const who = received.length === 1 ? "" : `${receiverName(index, received.length)} `;
    const texts = events.map(
      ([name, ...args]) => `${String(name)} ${args.map(valueWords).join(" ")}`,
    );
    return received.length === 1 && events.length === 0
      ? []
      : [
          [`${who}received`, texts.length === 0 ? "nothing" : texts.join("; ")] satisfies [
            string,
            string,
          ],
        ];
  });
}

// A token is shown by its end only, wherever it stands (the answer to a login above all).
const TOKEN = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;

/** A value on one line: text as it is, everything else as JSON; tokens masked. */
export function valueWords(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.replaceAll(TOKEN, (token) => `…${token.slice(-6)}`);
}

/** `3 ms`, `214 ms`, `1.2 s`. */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}

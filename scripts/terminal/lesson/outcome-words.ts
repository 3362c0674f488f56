// Says in words what a client experienced, and how that compares with the lesson.
import type { Answered, Outcome } from "../../model/outcome.ts";
import { connectionWords, messageIn, receiverName } from "../../model/connection-words.ts";
import type { Verdict, Difference } from "../../model/lesson.ts";
import type { Meaning } from "../paint.ts";
import { printable, printableValue } from "../text.ts";

/** A sign, a word, and the rest; the sign and the word say the same. */
export interface Words {
  sign: string;
  word: string;
  meaning: Meaning;
}

export interface OutcomeWords extends Words {
  /** As whom and on what transport, or refused with what. */
  detail: string;
}

/** An outcome in a few words, to fit a cell. */
export function describeOutcome(outcome: Outcome | Answered): OutcomeWords {
  switch (outcome.result) {
    case "connected":
      return {
        sign: "✓",
        word: "connected",
        meaning: "good",
        detail: printable(connectionWords(outcome, "→")),
      };
    case "refused": {
      const status = outcome.status === undefined ? "" : `, ${outcome.status}`;
      const detail = printable(outcome.message) + status;
      return { sign: "✗", word: "refused", meaning: "bad", detail };
    }
    case "unanswered": {
      const detail = `nothing came in ${formatMs(outcome.durationMs)}`;
      return { sign: "?", word: "unanswered", meaning: "surprise", detail };
    }
    case "answered": {
      const isGood = outcome.status < 400;
      const words = isGood
        ? { sign: "✓", meaning: "good" as const }
        : { sign: "✗", meaning: "bad" as const };
      return { ...words, word: `answered ${outcome.status}`, detail: describeBody(outcome.body) };
    }
  }
}

function describeBody(body: unknown): string {
  const told = messageIn(body);
  return printable(typeof told === "string" ? told : (JSON.stringify(told) ?? "no body"));
}

const VERDICTS: Record<Verdict, Words> = {
  "as expected": { sign: "=", word: "expected", meaning: "quiet" },
  surprise: { sign: "!", word: "surprise", meaning: "surprise" },
  "no expectation": { sign: "~", word: "no claim", meaning: "quiet" },
  "no browser": { sign: "–", word: "no browser", meaning: "quiet" },
  "too busy": { sign: "–", word: "too busy", meaning: "surprise" },
};

/** How a cell compares with the lesson, in a word. */
export function describeVerdict(verdict: Verdict): Words {
  return VERDICTS[verdict];
}

/** What the signs of the verdicts mean. */
export const VERDICT_LEGEND =
  "= as the lesson says   ! a surprise   ~ the lesson makes no claim for these switches";

/** `3 ms`, `1.2 s`. */
export function formatMs(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}

/** Everything that a client was told, a sentence for each part. */
export function describeFully(outcome: Outcome | Answered): string[] {
  const time = formatMs(outcome.durationMs);
  switch (outcome.result) {
    case "connected":
      return [`Connected after ${time}.`, ...describeTraffic(outcome.replies, outcome.received)];
    case "refused":
      return [...describeRefusal(outcome), `It took ${time}.`];
    case "unanswered":
      return [`Neither a connection nor a refusal came within ${time}.`];
    case "answered":
      return [
        `Answered ${outcome.status} after ${time}, ${outcome.challenge === undefined ? "without a challenge" : `challenge: ${printable(outcome.challenge)}`}.`,
      ];
  }
}

function describeTraffic(replies: unknown[], received: unknown[][][]): string[] {
  return [
    ...replies.map((reply) => `Acknowledged with ${printableValue(reply)}.`),
    ...received.flatMap((events, index) =>
      events.map(
        ([name, ...args]) =>
          `${capitalized(receiverName(index, received.length))} received ${printableValue(name)} ${args.map(printableValue).join(" ")}.`,
      ),
    ),
  ];
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function describeRefusal(outcome: Extract<Outcome, { result: "refused" }>): string[] {
  const { message, description, status, body, data, willRetry, refusedBy } = outcome;
  const told = [
    `"${printable(message)}"`,
    ...(typeof description === "string" ? [`"${printable(description)}"`] : []),
    status === undefined ? "no status" : `status ${status}`,
    ...(body === undefined ? [] : [`body ${printable(body)}`]),
    ...(data === undefined ? [] : [`data ${printableValue(data)}`]),
  ];
  return [
    `The ${refusedBy} refused; the client was told ${told.join(", ")}.`,
    willRetry ? "It would go on trying by itself." : "It does not try again by itself.",
  ];
}

/** What was not as the lesson says, a sentence for each field. */
export function describeDifferences(differences: readonly Difference[]): string[] {
  return differences.map(
    ({ field, expected, seen }) =>
      `${field}: the lesson says ${quote(expected)}, and it was ${quote(seen)}.`,
  );
}

function quote(value: unknown): string {
  return printable(JSON.stringify(value) ?? "nothing");
}

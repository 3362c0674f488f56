// What is said of an event that a client sends, and of what came of it.
import type { OutcomeOf } from "../acts.ts";
import { socketVariable } from "./code.ts";
import type { KindWords, OutcomeWords } from "./kind-words.ts";
import { eventWords, valueWords } from "./values.ts";

export const emitWords: KindWords<"emit"> = {
  title: ({ event }) => `emit ${event}`,
  predictions: ["is acknowledged", "is not acknowledged"],
  outcome(outcome) {
    const { received } = outcome;
    const heard = receivedFacts(received);
    const count = Object.values(received).flat().length;
    const events = count === 0 ? [] : [count === 1 ? "1 event" : `${count} events`];
    switch (outcome.result) {
      case "acknowledged": {
        const reply = valueWords(outcome.reply);
        return {
          shape: "good",
          word: "acknowledged",
          detail: [reply, ...events].join(", "),
          facts: [["acknowledged", reply], ...heard],
        };
      }
      case "lost": {
        const { reason } = outcome;
        const facts: OutcomeWords["facts"] = [["lost", reason], ...heard];
        return { shape: "bad", word: "lost", detail: [reason, ...events].join(", "), facts };
      }
      case "unanswered":
        return {
          shape: "bad",
          word: "no answer",
          detail: ["nothing came in time", ...events].join(", "),
          facts: [["acknowledged", "nothing came in time"], ...heard],
        };
    }
  },
  code: ({ as, event, args }) =>
    `${socketVariable(as)}.emit(${[event, ...args].map((each) => JSON.stringify(each)).join(", ")}, (reply) => {});`,
};

function receivedFacts(
  received: Extract<OutcomeOf<"emit">, { received: unknown }>["received"],
): OutcomeWords["facts"] {
  return Object.entries(received).map(([who, events]) => [
    `${who} received`,
    events.length === 0 ? "nothing" : events.map(eventWords).join("; "),
  ]);
}

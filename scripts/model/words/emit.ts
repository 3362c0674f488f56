// What is said of an event that a client sends, and of what came of it.
import type { OutcomeOf } from "../acts.ts";
import { socketVariable } from "./code.ts";
import { brief, type KindWords, type OutcomeWords } from "./kind-words.ts";
import { eventWords, valueWords } from "./values.ts";

type Emitted = Extract<OutcomeOf<"emit">, { received: unknown }>;

export const emitWords: KindWords<"emit"> = {
  title: ({ event }) => `emit ${event}`,
  outcome(outcome) {
    const { shape, word, detail, facts } = answerWords(outcome);
    const count = Object.values(outcome.received).flat().length;
    const events = count === 0 ? "" : count === 1 ? ", 1 event" : `, ${count} events`;
    return { shape, word, detail: detail + events, facts: [...facts, ...receivedFacts(outcome)] };
  },
  code: ({ as, event, args }) =>
    `${socketVariable(as)}.emit(${[event, ...args].map((each) => JSON.stringify(each)).join(", ")}, (reply) => {});`,
};

function answerWords(outcome: Emitted): OutcomeWords {
  switch (outcome.result) {
    case "acknowledged":
      return brief("good", "acknowledged", valueWords(outcome.reply));
    case "lost":
      return brief("bad", "lost", outcome.reason);
    case "unanswered":
      return brief("bad", "no answer", "nothing came in time");
  }
}

function receivedFacts({ received }: Emitted): OutcomeWords["facts"] {
  return Object.entries(received).map(([who, events]) => [
    `${who} received`,
    events.length === 0 ? "nothing" : events.map(eventWords).join("; "),
  ]);
}

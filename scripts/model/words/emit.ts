// The words for an event that a client sends, and for its outcome.
import type { OutcomeOf } from "../acts.ts";
import { socketVariable } from "./code.ts";
import { counted } from "./counted.ts";
import { brief, type KindWords, type OutcomeWords } from "./kind-words.ts";
import { eventWords, valueWords } from "./values.ts";

type Emitted = Extract<OutcomeOf<"emit">, { received: unknown }>;

export const emitWords: KindWords<"emit"> = {
  title: ({ event }) => `emit ${event}`,
  outcome(outcome) {
    const { detail, facts, ...words } = answerWords(outcome);
    const count = Object.values(outcome.received).flat().length;
    const all = [detail, count === 0 ? "" : counted(count, "event")];
    const found = [...facts, ...receivedFacts(outcome)];
    return { ...words, detail: all.filter(Boolean).join(", "), facts: found };
  },
  code: ({ as, event, args }) =>
    `${socketVariable(as)}.emit(${[event, ...args].map((each) => JSON.stringify(each)).join(", ")}, (reply) => {});`,
};

function answerWords(outcome: Emitted): OutcomeWords {
  switch (outcome.result) {
    case "acknowledged": {
      const words = brief("good", "acknowledged", valueWords(outcome.reply));
      return { ...words, isAnswer: true, ...replyWords(outcome.reply) };
    }
    case "lost":
      return brief("bad", "lost", outcome.reason);
    case "unanswered":
      return brief("bad", "no answer", "nothing came in time");
  }
}

/** A reply of one field says more than that it came: `2 connections`, `no`. */
function replyWords(reply: unknown): Pick<OutcomeWords, "word" | "detail"> | undefined {
  const fields = Array.isArray(reply) ? [] : (Object.entries(reply ?? {}) as [string, unknown][]);
  const [[name, value] = [], ...others] = fields;
  if (name === undefined || others.length > 0) return undefined;
  if (typeof value === "number")
    return { word: counted(value, name.replace(/s$/, "")), detail: "" };
  if (typeof value === "boolean")
    return { word: value ? "yes" : "no", detail: `${name}: ${value}` };
  return name === "error" ? { word: name, detail: valueWords(value) } : undefined;
}

function receivedFacts({ received }: Emitted): OutcomeWords["facts"] {
  return Object.entries(received).map(([who, events]) => [
    `${who} received`,
    events.length === 0 ? "nothing" : events.map(eventWords).join("; "),
  ]);
}

// The words for a client that waits.
import { socketVariable } from "./code.ts";
import { brief, type KindWords, type OutcomeWords, retryFact } from "./kind-words.ts";
import { eventWords } from "./values.ts";

/** Of a note, a short place shows the text: it says more than who has sent it. */
function receivedWords(args: readonly unknown[]): OutcomeWords {
  const words = brief("good", "received", args.length === 0 ? "no arguments" : eventWords(args));
  const { text } = Object(args[0]) as { text?: unknown };
  return typeof text === "string" ? { ...words, detail: JSON.stringify(text) } : words;
}

const TITLES = {
  disconnect: "wait for the disconnect",
  connect: "wait until it is connected again",
  expiry: "wait until the token has expired",
};

export const waitWords: KindWords<"wait"> = {
  title: ({ for: awaited }) => {
    if (typeof awaited === "object") return `wait for ${awaited.event}`;
    return TITLES[awaited];
  },
  outcome(outcome) {
    switch (outcome.result) {
      case "received":
        return receivedWords(outcome.args);
      case "reconnected":
        return brief("good", "reconnected", `as ${outcome.user?.username ?? "nobody"}`);
      case "expired":
        return brief("good", "expired", "the token");
      case "unanswered":
        return brief("bad", "in vain", "nothing came in time");
      case "disconnected":
      case "lost": {
        const { result, reason, willRetry } = outcome;
        const words = brief(result === "lost" ? "bad" : "good", result, reason);
        return { ...words, facts: [...words.facts, retryFact(willRetry)] };
      }
    }
  },
  code({ as, for: awaited }) {
    if (awaited === "expiry") return "// Here the token expires.";
    const event = typeof awaited === "object" ? awaited.event : awaited;
    return `await new Promise((resolve) => ${socketVariable(as)}.once(${JSON.stringify(event)}, resolve));`;
  },
};

// What is said of a client that waits.
import { socketVariable } from "./code.ts";
import type { KindWords } from "./kind-words.ts";
import { eventWords } from "./values.ts";

export const waitWords: KindWords<"wait"> = {
  title: ({ for: awaited }) => {
    if (typeof awaited === "object") return `wait for ${awaited.event}`;
    return awaited === "expiry" ? "wait until the token has expired" : "wait for the disconnect";
  },
  predictions: ["comes", "does not come"],
  outcome(outcome) {
    switch (outcome.result) {
      case "received": {
        const args = eventWords(outcome.args);
        return { shape: "good", word: "received", detail: args, facts: [["received", args]] };
      }
      case "expired":
        return { shape: "good", word: "expired", detail: "the token", facts: [["expired", "yes"]] };
      case "disconnected":
      case "lost": {
        const { result, reason, willRetry } = outcome;
        return {
          shape: result === "lost" ? "bad" : "good",
          word: result,
          detail: reason,
          facts: [
            [result, reason],
            ["tries again", willRetry ? "yes, automatically" : "no"],
          ],
        };
      }
      case "unanswered":
        return {
          shape: "bad",
          word: "in vain",
          detail: "nothing came in time",
          facts: [["came", "nothing, in time"]],
        };
    }
  },
  code({ as, for: awaited }) {
    if (awaited === "expiry") return "// Here the token expires.";
    const event = typeof awaited === "object" ? awaited.event : awaited;
    return `await new Promise((resolve) => ${socketVariable(as)}.once(${JSON.stringify(event)}, resolve));`;
  },
};

// What is said of a client that ends its connection.
import { socketVariable } from "./code.ts";
import type { KindWords } from "./kind-words.ts";

export const disconnectWords: KindWords<"disconnect"> = {
  title: () => "disconnect",
  predictions: ["disconnects", "does not disconnect"],
  outcome(outcome) {
    if (outcome.result === "unanswered")
      return {
        shape: "bad",
        word: "unanswered",
        detail: "the server did not close in time",
        facts: [["closed", "not in time"]],
      };
    const { reason } = outcome;
    return {
      shape: "good",
      word: "disconnected",
      detail: reason,
      facts: [["disconnected", reason]],
    };
  },
  code: ({ as }) => `${socketVariable(as)}.disconnect();`,
};

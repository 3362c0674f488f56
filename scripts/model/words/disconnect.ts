// The words for a client that ends its connection.
import { socketVariable } from "./code.ts";
import { brief, type KindWords } from "./kind-words.ts";

export const disconnectWords: KindWords<"disconnect"> = {
  title: ({ dropped }) => (dropped ? "the network goes away" : "disconnect"),
  outcome: (outcome) =>
    outcome.result === "unanswered"
      ? brief("bad", "unanswered", "the server did not close in time")
      : brief("good", "disconnected", outcome.reason),
  code: ({ as, dropped }) =>
    dropped
      ? `${socketVariable(as)}.io.engine.close(); // as when the network goes away`
      : `${socketVariable(as)}.disconnect();`,
};

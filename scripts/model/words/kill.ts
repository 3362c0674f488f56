// The words for a server that is killed.
import { brief, type KindWords } from "./kind-words.ts";
import { serverWords } from "./values.ts";

export const killWords: KindWords<"kill"> = {
  title: ({ server }) => `kill ${serverWords(server)}`,
  outcome: ({ result }) =>
    result === "killed"
      ? brief("good", "killed", "it said nothing more")
      : brief("bad", "unanswered", "it could not be killed"),
  code: ({ server }) => `// Here ${serverWords(server)} is killed (SIGKILL).`,
};

// What is said of a refresh token that a client shows.
import type { KindWords } from "./kind-words.ts";
import { requestWords } from "./request.ts";

export const refreshWords: KindWords<"refresh"> = {
  title: (act) =>
    ["refresh", act.with === "first" && "with the first token", act.twice && "twice at once"]
      .filter(Boolean)
      .join(" "),
  outcome(outcome) {
    const words = requestWords.outcome({ ...outcome, do: "request" });
    if (outcome.result === "unanswered" || outcome.statuses.length === 1) return words;
    return { ...words, word: `answered ${outcome.statuses.join(" and ")}` };
  },
  code(act) {
    const isFirst = act.with === "first";
    const call = [
      'await fetch("/refresh", {',
      '  method: "POST",',
      '  headers: { "content-type": "application/json" },',
      `  body: JSON.stringify({ refreshToken${isFirst ? ": firstRefreshToken" : ""} }),`,
      "})",
    ].join("\n");
    if (isFirst) return `${call};`;
    const where = act.twice ? "// In two tabs at once:\n" : "";
    return `${where}({ token: answeredToken, refreshToken } = await (${call}).json());`;
  },
};

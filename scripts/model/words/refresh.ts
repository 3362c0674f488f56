// The words for a refresh token that a client shows.
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
    const isReplay = act.with === "first";
    const call = [
      'fetch("/refresh", {',
      '  method: "POST",',
      '  headers: { "content-type": "application/json" },',
      `  body: JSON.stringify({ refreshToken${isReplay ? ": firstRefreshToken" : ""} }),`,
      "})",
    ].join("\n");
    const pair = "({ token: answeredToken, refreshToken } =";
    if (act.twice) {
      return [
        "// In two tabs at once:",
        `const answers = await Promise.all([1, 2].map(() => ${call}));`,
        `${pair} await answers.find(({ ok }) => ok).json());`,
      ].join("\n");
    }
    // What answers a replay is a refusal, without a pair.
    return isReplay ? `await ${call};` : `${pair} await (await ${call}).json());`;
  },
};

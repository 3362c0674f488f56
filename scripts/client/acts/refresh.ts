// Shows a refresh token that an answer had in it. Runs in Node and in a page alike.
import { type Perform, skipped, textIn } from "../scene.ts";
import { since } from "../time-limit.ts";
import { request } from "./request.ts";

export const refresh: Perform<"refresh"> = async (act, scene) => {
  const refreshTokens = scene.answers.flatMap((body) => textIn(body, "refreshToken") ?? []);
  const refreshToken = refreshTokens.at(act.with === "first" ? 0 : -1);
  if (refreshToken === undefined) return skipped("no answer had a refresh token in it");
  const startedAt = performance.now();
  const post = (): ReturnType<typeof request> =>
    request(
      {
        do: "request",
        method: "POST",
        path: "/refresh",
        body: { refreshToken },
        credential: "none",
        scheme: "bearer",
        token: null,
      },
      scene,
    );
  const results = await Promise.all(act.twice ? [post(), post()] : [post()]);
  const durationMs = since(startedAt);
  const answers = results.flatMap((each) => (each.result === "answered" ? [each] : []));
  if (answers.length < results.length) return { result: "unanswered", durationMs };
  const ascending = answers.toSorted((one, other) => one.status - other.status);
  const statuses = ascending.map(({ status }) => status);
  return { ...ascending.at(-1)!, statuses, durationMs };
};

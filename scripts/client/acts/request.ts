// Makes a plain HTTP request, or several at once, each on a TCP connection of its own where the platform lets it choose.
// Runs in Node and in a page alike.
import { bringCookie, readSetCookie } from "../cookie.ts";
import { readBody } from "../refusal.ts";
import { type Perform, type Scene, tokenFor } from "../scene.ts";
import { since } from "../time-limit.ts";
import type { GivenAct } from "../../model/acts.ts";

type Answer =
  | { result: "unanswered" }
  | { result: "answered"; status: number; challenge: string | undefined; body: unknown };

export const request: Perform<"request"> = async (act, scene) => {
  const startedAt = performance.now();
  const all = Array.from({ length: act.atOnce ?? 1 }, () => requestOnce(act, scene));
  const answers = await Promise.all(all);
  const durationMs = since(startedAt);
  if (answers.some(({ result }) => result === "unanswered"))
    return { result: "unanswered", durationMs };
  const [first, ...others] = answers.map((answer) => JSON.stringify(answer));
  // One outcome stands for all of them.
  if (others.some((other) => other !== first))
    throw new Error(
      `${act.atOnce} requests at once, ${act.method} ${act.path}, got unlike answers.`,
    );
  return { ...answers[0]!, durationMs };
};

async function requestOnce(act: GivenAct<"request">, scene: Scene): Promise<Answer> {
  try {
    const response = await fetch(scene.origin + scene.prefix + act.path, optionsOf(act, scene));
    const body = readBody(await response.text());
    scene.answers.push(body);
    scene.cookie = readSetCookie(response);
    const challenge = response.headers.get("www-authenticate") ?? undefined;
    return { result: "answered", status: response.status, challenge, body };
  } catch (error) {
    // "TypeError" is what fetch rejects with when the connection fails (Fetch standard); anything else is a bug.
    if (!(error instanceof TypeError || isTimeout(error))) throw error;
    if (isTimeout(error)) scene.limit.giveUp();
    return { result: "unanswered" };
  }
}

function optionsOf(act: GivenAct<"request">, scene: Scene): RequestInit {
  const { method, body, credential, scheme } = act;
  const token = tokenFor(act.token, scene);
  const isSent = credential === "header" && token !== null;
  const cookie = credential === "cookie" ? bringCookie(token, scene.prefix) : {};
  const headers: Record<string, string> = {
    // Node would keep the connection for a later request; a browser ignores this line, and keeps it until its page closes.
    connection: "close",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(isSent ? { authorization: `${scheme} ${token}` } : {}),
    ...cookie,
  };
  const signal = AbortSignal.timeout(Math.round(scene.limit.leftMs()));
  // A browser sends one GET of an address after the other, since the next may find its answer in the cache.
  const cache = act.atOnce === undefined ? "default" : "no-store";
  return { method, headers, signal, cache, body: body === undefined ? null : JSON.stringify(body) };
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

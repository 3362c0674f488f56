// Makes one plain HTTP request, on a TCP connection of its own where the platform lets it choose. Runs in Node and in a page alike.
import { bringCookie, readSetCookie } from "../cookie.ts";
import { readBody } from "../refusal.ts";
import { type Perform, type Scene, tokenFor } from "../scene.ts";
import { since } from "../time-limit.ts";
import type { GivenAct } from "../../model/acts.ts";

export const request: Perform<"request"> = async (act, scene) => {
  const startedAt = performance.now();
  try {
    const response = await fetch(scene.origin + scene.prefix + act.path, optionsOf(act, scene));
    const body = readBody(await response.text());
    scene.answers.push(body);
    scene.cookie = readSetCookie(response);
    const challenge = response.headers.get("www-authenticate") ?? undefined;
    const { status } = response;
    return { result: "answered", status, challenge, body, durationMs: since(startedAt) };
  } catch (error) {
    // "TypeError" is what fetch rejects with when the connection fails (Fetch standard); anything else is a bug.
    if (!(error instanceof TypeError || isTimeout(error))) throw error;
    if (isTimeout(error)) scene.limit.giveUp();
    return { result: "unanswered", durationMs: since(startedAt) };
  }
};

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
  return { method, headers, signal, body: body === undefined ? null : JSON.stringify(body) };
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

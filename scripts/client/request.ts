// One plain HTTP request, and what was answered. Runs in Node and in the page alike.
import type { AttemptRequest } from "../model/attempt.ts";
import type { Answered, Unanswered } from "../model/outcome.ts";
import { watchLateness } from "./lateness.ts";

/** Makes the request on a connection of its own where the platform lets it choose. */
export async function makeRequest(request: AttemptRequest): Promise<Answered | Unanswered> {
  const startedAt = performance.now();
  const durationMs = (): number => Math.round((performance.now() - startedAt) * 10) / 10;
  const lateness = watchLateness();
  try {
    const response = await fetch(`${request.origin}${request.path}`, optionsOf(request));
    const body = readBody(await response.text(), response.headers.get("content-type"));
    const challenge = response.headers.get("www-authenticate") ?? undefined;
    const { status } = response;
    return { result: "answered", status, challenge, body, durationMs: durationMs() };
  } catch (error) {
    // "TypeError" is what fetch rejects with when the connection fails (Fetch standard); anything else is a bug.
    if (error instanceof TypeError) return { result: "unanswered", durationMs: durationMs() };
    if (!isTimeout(error)) throw error;
    const cutShort = { lateMs: lateness.mostMs() };
    return { result: "unanswered", durationMs: durationMs(), cutShort };
  } finally {
    lateness.stop();
  }
}

function optionsOf(request: AttemptRequest): RequestInit {
  const { method, body, credential, scheme, token, timeoutMs } = request;
  const headers: Record<string, string> = {
    // Node would keep the connection for a later request; a browser ignores this line, and keeps it until its page closes.
    connection: "close",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(credential === "header" && token !== undefined
      ? { authorization: `${scheme} ${token}` }
      : {}),
  };
  const signal = AbortSignal.timeout(timeoutMs);
  return { method, headers, signal, body: body === undefined ? null : JSON.stringify(body) };
}

function readBody(text: string, contentType: string | null): unknown {
  if (!contentType?.startsWith("application/json")) return text;
  try {
    return JSON.parse(text);
  } catch {
    // It says that it is JSON and is not: the text shows what came.
    return text;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

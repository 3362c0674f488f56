// Reads from the first line of a request where it goes.

/** Where a request goes: to an attempt, or, without one, to the wire's own server. */
export interface Route {
  attemptId: string | undefined;
  method: string;
  /** Where the target begins in the bytes; an attempt's prefix stands there. */
  targetIndex: number;
  /** It asks the wire to end a server of the attempt, and goes to none of them. */
  isKill: boolean;
  /** The Engine.IO session that it belongs to. */
  sid: string | undefined;
}

/** Before the id of an attempt. */
const ATTEMPTS = "/attempt/";

// Node itself accepts no longer head; by then the beginning of the line is certainly there.
const LONGEST_LINE_BYTES = 16_384;

// Empty lines before a request are ignored (RFC 9112 §2.2).
const TO_ATTEMPT = new RegExp(`^((?:\\r?\\n)*(\\S+) )${ATTEMPTS}([^/?# ]+)/`);

const OF_SESSION = /^(?:\r?\n)*\S+ [^\s?#]*\?(?:[^\s#]*&)?sid=([^\s#&]+)/;

const TO_KILL = /^\/attempt\/([\da-f]+)\/kill\/([1-9])(?= |$)/;

export function prefixOf(attemptId: string): string {
  return ATTEMPTS + attemptId;
}

/** What a request to end a server names. */
export function readKill(target: string): { attemptId: string; server: number } | undefined {
  const [, attemptId, server] = TO_KILL.exec(target) ?? [];
  return attemptId === undefined ? undefined : { attemptId, server: Number(server) };
}

/**
 * The route of the request that begins with these bytes; undefined while its first line is not complete.
 * @param isLast no more bytes will come
 */
export function readRoute(bytes: Buffer, isLast: boolean): Route | undefined {
  const text = bytes.toString("latin1", 0, LONGEST_LINE_BYTES);
  const isComplete = text.replace(/^[\r\n]+/, "").includes("\n");
  if (!isComplete && !isLast && bytes.length < LONGEST_LINE_BYTES) return undefined;
  const [, before = "", method = "", attemptId] = TO_ATTEMPT.exec(text) ?? [];
  const sid = OF_SESSION.exec(text)?.[1];
  const isKill = method === "POST" && TO_KILL.test(text.slice(before.length));
  return { attemptId, method, targetIndex: before.length, isKill, sid };
}

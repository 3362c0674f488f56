// What the acts of one attempt share. Runs in Node and in a page alike.
import type { Connection, Connector, OwnOptions } from "./connection.ts";
import type { TimeLimit } from "./time-limit.ts";
import type { GivenAct, GivenToken, Kind, ResultOf } from "../model/acts.ts";

export interface Scene {
  readonly io: Connector;
  /** `http://host:port`, without a path. */
  readonly origin: string;
  /** What stands before every path. */
  readonly prefix: string;
  /** The time for all acts together. */
  readonly limit: TimeLimit;
  own: OwnOptions | undefined;
  /** By their names, in the order in which they were opened. */
  readonly connections: Map<string, Connection>;
  /** The bodies of all answers, oldest first. */
  readonly answers: unknown[];
  /** The token that an answer has set as a cookie; a page is not shown it. */
  cookie: string | undefined;
  readonly otherPort: number | undefined;
}

/** Does one act, within the time limit. */
export type Perform<K extends Kind> = (act: GivenAct<K>, scene: Scene) => Promise<ResultOf<K>>;

/** The token itself, taken from the last answer where the act says so; null for none. */
export function tokenFor(token: GivenToken, { answers, cookie }: Scene): string | null {
  if (token === null || typeof token === "string") return token;
  if (token.answered === "set-cookie") return cookie ?? null;
  return textIn(answers.at(-1), token.answered) ?? null;
}

/** The text that a field of a body holds, if it does. */
export function textIn(body: unknown, field: string): string | undefined {
  const value = ((body ?? {}) as Record<string, unknown>)[field];
  return typeof value === "string" ? value : undefined;
}

/** The outcome of an act whose connection is not there. */
export function skipped(because: string): { result: "skipped"; because: string; durationMs: 0 } {
  return { result: "skipped", because, durationMs: 0 };
}

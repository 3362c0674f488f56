// What a lab is to run, and what a client gets for that: the same acts, with the tokens themselves.
import type { Act, ActOf, ClientTask, GivenToken } from "../model/acts.ts";
import type { LogSource } from "../model/protocol.ts";
import type { Sticky } from "../model/vocabulary.ts";
import type { ActToken } from "../model/schema-pieces.ts";
import { makeToken, type TokenMaker } from "./named-tokens.ts";
import type { ServerChoice } from "./servers/pool.ts";

export interface RunChoice extends ServerChoice {
  acts: readonly Act[];
  /** Of several servers, which requests go to one that was chosen before; without it, each goes to the next one. */
  sticky?: Sticky;
  /** What goes with each line that the server prints about it. */
  source?: LogSource;
  /** Nothing else happens at that server, and nothing is left there of what was broken off. */
  isAlone?: boolean;
  /** How long all acts together may take; 5 seconds, or 8 with a server that is killed, if left out. */
  timeoutMs?: number;
  /** What a browser's page runs first: it may define `clientOptions`, from which the page's client then has its options. */
  pageCode?: string;
}

/** @see ClientTask.otherPort */
type TaskChoice = Pick<RunChoice, "acts" | "timeoutMs"> & { otherPort?: number | undefined };

const TIMEOUT_MS = 5_000;
/** So long a server waits for one that was killed. */
const MISSING_ANSWER_MS = 3_000;

/** @param prefix what stands before every path of the server */
export function clientTask(
  { acts, timeoutMs = limitOf(acts), otherPort }: TaskChoice,
  prefix: string,
  maker: TokenMaker,
): ClientTask {
  const given = acts.map((act) => {
    const fresh = act.do === "connect" && typeof act.afterRefusal === "object" && act.afterRefusal;
    return {
      ...act,
      ...("token" in act && { token: givenToken(act.token, maker) }),
      ...(fresh && { afterRefusal: { freshToken: givenToken(fresh.freshToken, maker) } }),
    };
  });
  const elsewhere = otherPort === undefined ? {} : { otherPort };
  return { prefix, acts: given as ClientTask["acts"], timeoutMs, ...elsewhere };
}

function limitOf(acts: readonly Act[]): number {
  return TIMEOUT_MS + (acts.some((act) => act.do === "kill") ? MISSING_ANSWER_MS : 0);
}

/** Where a token is in an answer, only the client will know. */
function givenToken(token: ActToken, maker: TokenMaker): GivenToken {
  if (typeof token === "string") return makeToken(token, maker) ?? null;
  return "text" in token ? token.text : token;
}

/** An attempt that every server accepts. */
export function goodAct({ auth, serverTransports }: ServerChoice): ActOf<"connect"> {
  return {
    do: "connect",
    as: "socket",
    transports: [...serverTransports],
    tryAllTransports: false,
    credential: auth === "payload" || auth === "cookie" ? auth : "header",
    scheme: "Bearer",
    token: "valid",
  };
}

// What a client can do, and the outcomes: the schemas of all kinds of acts. An attempt is a list of acts.
import * as v from "valibot";
import { connectAct, connectOutcomes } from "./acts/connect.ts";
import { disconnectAct, disconnectOutcomes } from "./acts/disconnect.ts";
import { emitAct, emitOutcomes } from "./acts/emit.ts";
import { killAct, killOutcomes } from "./acts/kill.ts";
import { refreshAct, refreshOutcomes } from "./acts/refresh.ts";
import { renewAct, renewOutcomes } from "./acts/renew.ts";
import { requestAct, requestOutcomes } from "./acts/request.ts";
import { waitAct, waitOutcomes } from "./acts/wait.ts";
import { durationMs } from "./schema-pieces.ts";

export const KINDS = {
  request: { act: requestAct, outcomes: requestOutcomes },
  connect: { act: connectAct, outcomes: connectOutcomes },
  emit: { act: emitAct, outcomes: emitOutcomes },
  wait: { act: waitAct, outcomes: waitOutcomes },
  refresh: { act: refreshAct, outcomes: refreshOutcomes },
  renew: { act: renewAct, outcomes: renewOutcomes },
  disconnect: { act: disconnectAct, outcomes: disconnectOutcomes },
  kill: { act: killAct, outcomes: killOutcomes },
};

export type Kind = keyof typeof KINDS;
export type ActOf<K extends Kind> = v.InferOutput<(typeof KINDS)[K]["act"]>;
export type Act = { [K in Kind]: ActOf<K> }[Kind];

// --- The outcome of an act ---

/** An act that was not done. */
const skipped = v.strictObject({
  result: v.literal("skipped"),
  /** `tab 1 is not connected` */
  because: v.string(),
  durationMs,
});

/** There was no server for it. */
const notStarted = v.strictObject({
  result: v.literal("not started"),
  /** `The cjs variant ended (1) before it listened.` */
  sentence: v.string(),
  /** The last lines that the server printed. */
  printed: v.array(v.string()),
  durationMs,
});

/** What can come of an act of any kind. */
export const UNDONE = [skipped, notStarted] as const;
type Undone = v.InferOutput<(typeof UNDONE)[number]>;

/** What came of doing it. */
export type ResultOf<K extends Kind> =
  | v.InferOutput<(typeof KINDS)[K]["outcomes"][number]>
  | v.InferOutput<typeof skipped>;

/**
 * What a client experienced in one act; `as` names its connection. `lateMs`, where something did not come in time: how late
 * the client itself got to run, at most. Then a lab may not believe it. `expiredMs`, where the connection was open: how long
 * ago its token had expired by then.
 */
export type OutcomeOf<K extends Kind> = {
  do: K;
  as?: string;
  lateMs?: number;
  expiredMs?: number;
} & (v.InferOutput<(typeof KINDS)[K]["outcomes"][number]> | Undone);
export type ActOutcome = { [K in Kind]: OutcomeOf<K> }[Kind];

/** What a client experienced in an attempt: in each act, in their order. */
export type Outcome = readonly ActOutcome[];

// --- What a client is handed ---

/** The text of a token, null for none; or where to find it in the last answer. */
export type GivenToken = string | null | { answered: string };
type WithTokens<Given> = {
  [Field in keyof Given]: Field extends "token" ? GivenToken : WithFresh<Given[Field]>;
};
type WithFresh<Value> = Value extends { freshToken: unknown } ? { freshToken: GivenToken } : Value;
export type GivenAct<K extends Kind> = WithTokens<ActOf<K>>;

/** Acts with the tokens themselves. Plain data, so that it can be sent to a page; the origin is known there. */
export interface ClientTask {
  /** What stands before every path of the server: `/attempt/<id>`. */
  prefix: string;
  acts: { [K in Kind]: GivenAct<K> }[Kind][];
  /** For all acts together. */
  timeoutMs: number;
  /** Where pages of other origins are served, if an act comes from one. */
  otherPort?: number;
}

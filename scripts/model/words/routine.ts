// Which steps of a trace are routine, and which session each step belongs to. Pure.
import type { Packet, Step } from "../trace.ts";
import { counted } from "./counted.ts";
import { readPurpose } from "./purpose.ts";
import { atServer } from "./values.ts";

/**
 * What a run of routine steps can be folded under: `connect 0` opens the first session, `between` goes on between events
 * (polls, and `whoami`, which the client asks after each act), `end` closes, `idle` is what every attempt has and
 * nothing depends on: heartbeats, and connections that close cleanly.
 */
export type Routine = `connect ${number}` | "between" | "end" | "idle";

/** The session of each step, counted from 0 in the order of their handshakes; undefined for a step outside all of them. */
export function sessionsOf(steps: readonly Step[]): (number | undefined)[] {
  const [bySid, byStep, byConnection] = [new Map(), new Map(), new Map()] as Map<unknown, number>[];
  let count = 0;
  return steps.map((step) => {
    const session = (): number | undefined => {
      if (step.kind === "response") return byStep!.get(step.answers);
      if (step.kind === "check") return byStep!.get(step.about);
      if (step.kind !== "request") return byConnection!.get(step.connection);
      const { purpose, sessionId } = readPurpose(step);
      return purpose === "handshake" ? count++ : bySid!.get(sessionId);
    };
    const found = session();
    if (found === undefined) return undefined;
    byStep!.set(step.id, found);
    byConnection!.set(step.connection, found);
    const opened = packetsOf(step).find(({ engine }) => engine === "open");
    const [, sid] = /"sid":"([^"]*)"/.exec(opened?.text ?? "") ?? [];
    if (sid !== undefined) bySid!.set(sid, found);
    return found;
  });
}

/**
 * The names of the sessions, where an attempt has several (`tab 1`, `tab 2`), each once; and which of them each step is in:
 * -1 for one outside all of them, such as a login.
 */
export function lanesOf(steps: readonly Step[]): { names: string[]; lanes: number[] } {
  const openers = steps.flatMap((step) =>
    step.kind === "request" && readPurpose(step).purpose === "handshake" ? [step.opens ?? ""] : [],
  );
  const names = [...new Set(openers)];
  const lanes = sessionsOf(steps).map((session) =>
    session === undefined ? -1 : names.indexOf(openers[session]!),
  );
  return names.length < 2 ? { names: [], lanes: steps.map(() => 0) } : { names, lanes };
}

/**
 * The routine that each step is part of; undefined for what an attempt is about. Where it is about events, how its sessions
 * open and end is routine; elsewhere that is just what it is about. So is with what a client comes back after the last event.
 */
export function routinesOf(steps: readonly Step[]): (Routine | undefined)[] {
  const sessions = sessionsOf(steps);
  const events = eventsIn(steps, sessions);
  const opened = new Map<number | undefined, number>();
  const lastOfAll = steps.findLastIndex((step) => events.has(step));
  let lastEvent = -1;
  return steps.map((step, at): Routine | undefined => {
    if (isIdle(step)) return "idle";
    if (events.size === 0) return undefined;
    if (events.has(step)) lastEvent = at;
    if (events.has(step) || isTrouble(step)) return undefined;
    const session = sessions[at];
    if (session === undefined) return undefined;
    if (!opened.has(session)) opened.set(session, at);
    if (packetsOf(step).some(({ socket }) => socket === "DISCONNECT") || isClose(step))
      return "end";
    if (opened.get(session)! > lastOfAll && bringsCredential(step)) return undefined;
    return opened.get(session)! > lastEvent ? `connect ${session}` : "between";
  });
}

/** The steps that carry an event of the app, or the acknowledgement of one, or that ask for what was missed. */
function eventsIn(steps: readonly Step[], sessions: readonly (number | undefined)[]): Set<Step> {
  const asked = new Set<string>();
  const carriesOne = (step: Step, at: number): boolean =>
    packetsOf(step).some((packet) => {
      const id = `${sessions[at]} ${packet.id}`;
      if (packet.socket?.endsWith("ACK")) return !asked.has(id);
      if (isRecovery(packet)) return true;
      if (!packet.socket?.endsWith("EVENT")) return false;
      if (isWhoami(packet)) asked.add(id);
      return !isWhoami(packet);
    });
  return new Set(steps.filter(carriesOne));
}

function packetsOf(step: Step): readonly Packet[] {
  return "packets" in step ? step.packets : [];
}

/** What our client asks after each act, to learn who it is for the server. */
function isWhoami({ data }: Packet): boolean {
  return Array.isArray(data) && data[0] === "whoami";
}

/** Or would, if the client had one; and what the server says to it. */
function bringsCredential(step: Step): boolean {
  if (step.kind === "request" && readPurpose(step).purpose === "handshake") return true;
  return step.kind === "check" || packetsOf(step).some(({ socket }) => socket === "CONNECT");
}

/** With an `offset`, a client asks for the connection that it had. */
function isRecovery({ socket, data }: Packet): boolean {
  return socket === "CONNECT" && Object.hasOwn(Object(data) as object, "offset");
}

function isTrouble(step: Step): boolean {
  if (step.kind === "response") return step.status >= 400;
  if (step.kind === "check") return step.decision === "refused";
  if (step.kind === "closed") return step.isCut;
  return packetsOf(step).some(({ socket }) => socket === "CONNECT_ERROR");
}

function isClose(step: Step): boolean {
  return step.kind === "frame" && step.opcode === "close";
}

/** Heartbeats, polls that end with nothing, and connections that close cleanly. */
function isIdle(step: Step): boolean {
  switch (step.kind) {
    case "closed":
      return !step.isCut;
    case "frame":
      return /^(?:ping|pong)$/.test(step.opcode) || isHeartbeat(step.packets);
    case "request":
      return isHeartbeat(step.packets);
    case "response":
      return step.status === 200 && isHeartbeat(step.packets);
    case "check":
      return false;
  }
}

/** A ping or pong with a text (`probe`) belongs to an upgrade, and is not one. */
function isHeartbeat(packets: readonly Packet[]): boolean {
  return (
    packets.length > 0 &&
    packets.every(({ engine, text }) => /^(?:ping|pong|noop)$/.test(engine) && text === undefined)
  );
}

/**
 * `tab 1: handshake and upgrade, 17 steps`, `2 connections closed, 1 heartbeat`; with the server, where it is one of several.
 * @param run the folded steps, by index
 */
export function routineWords(steps: readonly Step[], run: readonly number[]): string {
  const [server, ...others] = new Set(run.map((at) => steps[at]!.server));
  const isOfOne = server !== undefined && others.length === 0;
  return wordsOfRoutine(steps, run) + (isOfOne ? atServer(server) : "");
}

function wordsOfRoutine(steps: readonly Step[], run: readonly number[]): string {
  const routines = routinesOf(steps);
  const routine = run.map((at) => routines[at]).find((each) => each !== "idle");
  const count = counted(run.length, "step");
  if (routine === undefined) return idleWords(steps, run);
  if (routine === "end") return `disconnect and close, ${count}`;
  const those = run.map((at) => steps[at]!);
  if (routine === "between")
    return `${those.some((step) => packetsOf(step).some(isWhoami)) ? "whoami and its answer" : "polls"}, ${count}`;
  const hasUpgrade = those.some((step) => step.kind === "response" && step.status === 101);
  const opener = those.find((step) => step.kind === "request" && step.opens !== undefined);
  const who = opener?.kind === "request" ? `${opener.opens}: ` : "";
  return `${who}handshake${hasUpgrade ? " and upgrade" : ""}, ${count}`;
}

function idleWords(steps: readonly Step[], run: readonly number[]): string {
  const closed = run.filter((index) => steps[index]?.kind === "closed").length;
  const beats = run.length - closed;
  return [
    ...(closed > 0 ? [`${counted(closed, "connection")} closed`] : []),
    ...(beats > 0 ? [counted(beats, "heartbeat")] : []),
  ].join(", ");
}

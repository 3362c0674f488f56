// The lines for a step: their shape and how they are made. Pure.
import type { Tone } from "../words/step.ts";
import type { Client } from "./clients.ts";

/** What a line is about, by which lines can be chosen. */
export type Topic = "handshakes" | "refused" | "events" | "others" | "troubles";

export interface Told {
  atMs: number;
  client: Client | undefined;
  sign: "▶" | "◀" | "·" | "!";
  text: string;
  /** The same for what differs in times alone. */
  alike: string;
  /** Milliseconds since what it answers. */
  took?: number;
  /** How long what it tells of was, where only the beginning is kept. */
  bytes?: number;
  tone: Tone;
  topic: Topic;
}

/** One whose time and client are those of its step. */
export type Line = Omit<Told, "atMs" | "client" | "alike"> & { alike?: string };

export function say(sign: Told["sign"], text: string, tone: Tone = "plain"): Line {
  return { sign, text, tone, topic: "handshakes" };
}

export function event(sign: Told["sign"], text: string): Line {
  return { sign, text, tone: "plain", topic: "events" };
}

export function refused(sign: Told["sign"], text: string): Line {
  return { sign, text, tone: "bad", topic: "refused" };
}

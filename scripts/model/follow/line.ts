// The lines for a step: their shape and how they are made. Pure.
import type { Tone } from "../words/step.ts";
import type { Client } from "./clients.ts";

/** What a line is about, by which lines can be chosen. */
export type Topic = "handshakes" | "refused" | "events" | "others" | "troubles";

export interface StepLine {
  atMs: number;
  client: Client | undefined;
  sign: "▶" | "◀" | "·" | "!";
  text: string;
  /** The same text for lines that differ only in times. */
  alike: string;
  /** Milliseconds since what it answers. */
  took?: number;
  /** The full length, where only the beginning is stored. */
  bytes?: number;
  tone: Tone;
  topic: Topic;
}

/** One that gets its time and its client from its step. */
export type Line = Omit<StepLine, "atMs" | "client" | "alike"> & { alike?: string };

export function say(sign: StepLine["sign"], text: string, tone: Tone = "plain"): Line {
  return { sign, text, tone, topic: "handshakes" };
}

export function event(sign: StepLine["sign"], text: string): Line {
  return { sign, text, tone: "plain", topic: "events" };
}

export function refused(sign: StepLine["sign"], text: string): Line {
  return { sign, text, tone: "bad", topic: "refused" };
}

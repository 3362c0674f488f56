// The moment at which a token expires is marked on the step after it, and nowhere else.
import { expect, it } from "vitest";
import { markExpiry } from "../../scripts/model/mark-expiry.ts";
import type { FrameStep, SeenToken } from "../../scripts/model/trace.ts";
import { stepWords } from "../../scripts/model/words/step.ts";

const BEGAN_MS = 1_000_000;

function frame(atMs: number, exp?: unknown): FrameStep {
  const token: SeenToken = {
    place: "payload",
    lastCharacters: "abcdef",
    header: {},
    claims: { exp },
  };
  const tokens = exp === undefined ? [] : [token];
  return {
    id: atMs,
    atMs,
    connection: 1,
    from: "client",
    kind: "frame",
    opcode: "text",
    packets: [],
    tokens,
  };
}

const marks = (...steps: FrameStep[]): unknown[] =>
  markExpiry(steps, BEGAN_MS).map(({ expiredMs }) => expiredMs);

it("marks the first step after the expiry, with how long ago that was", () => {
  expect(marks(frame(0, 1002), frame(1999), frame(2050), frame(2060))).toEqual([
    undefined,
    undefined,
    50,
    undefined,
  ]);
});

it("marks nothing where the token had expired before, expires later, or never does", () => {
  for (const exp of [999, 1000, 1003, "soon", 1e300])
    expect(marks(frame(0, exp), frame(2500))).toEqual([undefined, undefined]);
});

it("marks the expiry of each of two tokens", () => {
  expect(marks(frame(0, 1001), frame(500, 1002), frame(1100), frame(2200))).toEqual([
    undefined,
    undefined,
    100,
    200,
  ]);
});

it("is in the words of the step, and for a screen reader", () => {
  const [, step] = markExpiry([frame(0, 1002), frame(2050)], BEGAN_MS);
  const words = stepWords(step!, { client: "Chrome", server: "cjs server" });
  expect(words.content[0]).toEqual({ text: "the token expired 50.0 ms before", tone: "bad" });
  expect(words.sentence).toMatch(
    /^At 2,050 ms, on connection 1, the token expired 50\.0 ms before: Chrome sends/,
  );
});

// Two answers count as the same if they differ only in what differs in every answer.
import { expect, it } from "vitest";
import { isAlike } from "../conformance/alike.ts";

const refusal = (id: string, time: string, message: string, code = 7): string =>
  JSON.stringify({ id, time, error: { message, code } });

const BEFORE = refusal("V1StGXR8_Z5jdHi6B-myT", "2026-11-30T03:05:00Z", "Not so.");
const AFTER = refusal("wTkbQFVkLKFGKhKrAAAB+/=", "2026-11-30T03:05:01Z", "Not so.");

it.each([
  ["the same", BEFORE, true],
  ["another id and a later time", refusal("x", "2026-11-30T03:05:01Z", "Not so."), true],
  ["another message", refusal("x", "2026-11-30T03:05:00Z", "Not there."), false],
  ["another code", refusal("x", "2026-11-30T03:05:00Z", "Not so.", 8), false],
  ["a longer message", refusal("x", "2026-11-30T03:05:00Z", "Not so, ann."), false],
])("%s", (_what, text, isSame) => {
  expect(isAlike(text, BEFORE, AFTER)).toBe(isSame);
});

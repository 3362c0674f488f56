// No report of the suite shows a secret, not even the beginning of one.
import { expect, it } from "vitest";
import { mask } from "./conformance/mask.ts";

const SECRET = 'a secret with a "quote", long enough for HS256';

it.each([
  ["as it is", SECRET, "…"],
  ["as JSON", JSON.stringify({ secret: SECRET }), '{"secret":"…"}'],
  ["cut in the middle", `body "${SECRET.slice(0, 12)}… (900)`, 'body "… (900)'],
  ["cut in the middle of its JSON", `${JSON.stringify(SECRET).slice(0, -5)}… (900)`, '"… (900)'],
])("a secret is left out, %s", (_, text, shown) => {
  expect(mask(text, [SECRET])).toBe(shown);
});

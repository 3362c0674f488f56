// Credentials are masked in every kind of text, and everything else stays as it is.
import { describe, expect, it } from "vitest";
import {
  maskAuthorization,
  maskTarget,
  maskText,
  maskValue,
} from "../../scripts/lab/wire/masking.ts";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJkYXRhIjp7ImlkIjoxfX0.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw";
const SPACED = "eyAiYWxnIjogIkhTMjU2IiB9.eyJkYXRhIjp7ImlkIjoxfX0.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw";
const MASK = "…bG9uZw";
const SID = "lv_VI97HAXpY6yYWAAAC";

describe("text", () => {
  it.each([
    ["a word and a number: 42", "a word and a number: 42"],
    ["accounts.examplesoft.com", "accounts.examplesoft.com"],
    [`seen ${TOKEN} there`, `seen ${MASK} there`],
    [`x${TOKEN}`, MASK],
    [SPACED, MASK],
    [TOKEN.slice(0, 40), `…${TOKEN.slice(34, 40)}`],
    [`{"token":"${TOKEN}"}`, `{"token":"${MASK}"}`],
    ['{ "a": 1,  "b": [true, null] }', '{ "a": 1,  "b": [true, null] }'],
    ['{"password":12345}', '{"password":"…"}'],
    ['{"password":["a","b"]}', '{"password":"…"}'],
    ['{"newPassword":"hush"}', '{"newPassword":"…"}'],
    [String.raw`{"in":"{\"password\":\"hush\"}"}`, String.raw`{"in":"{\"password\":\"…\"}"}`],
    ['{"password":"hush', '{"password":"…"'],
    ['{"password":12345', '{"password":"…"'],
    ['40{"token":"short"}', '40{"token":"…"}'],
    [`0{"sid":"${SID}","upgrades":[]}`, '0{"sid":"…YWAAAC","upgrades":[]}'],
    ["username=john&password=hush", "username=john&password=…"],
    ['{"token":null}', '{"token":null}'],
    ["1e5", "1e5"],
  ])("%s becomes %s", (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it("that is long and strange takes no time", () => {
    const texts = ["a", "eyJ", "a-", '"token', "token=", "a.", "[", '{"a":'].map((part) =>
      part.repeat(16_384 / part.length),
    );
    const startedAt = performance.now();
    for (const text of texts) maskText(text);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe("a target", () => {
  it.each([
    ["/socket.io/?EIO=4&transport=polling&t=abc", "/socket.io/?EIO=4&transport=polling&t=abc"],
    [`/socket.io/?sid=${SID}`, "/socket.io/?sid=…YWAAAC"],
    ["/socket.io/?sid=", "/socket.io/?sid="],
    [`/?token=${TOKEN}`, `/?token=${MASK}`],
    ["/?p%61ssword=hush&a=%zz", "/?p%61ssword=…&a=%zz"],
    [`/?a=${encodeURIComponent(`b ${TOKEN}`)}`, `/?a=b ${MASK}`],
    [`/${TOKEN}?a`, `/${MASK}?a`],
  ])("%s becomes %s", (target, masked) => {
    expect(maskTarget(target)).toBe(masked);
  });
});

describe("an Authorization header", () => {
  it.each([
    [`Bearer ${TOKEN}`, `Bearer ${MASK}`],
    [`bEARER  ${TOKEN}`, `bEARER  ${MASK}`],
    [`Bearer\t${TOKEN} ${TOKEN}`, `Bearer\t${MASK} ${MASK}`],
    ["Bearer short", "Bearer …"],
    ["Bearer", "Bearer"],
    ["", ""],
    [TOKEN, MASK],
    [`Bearer:${TOKEN}`, "…"],
    [`JWT ${TOKEN}`, `JWT ${MASK}`],
    ["Basic am9objpodW50ZXIyaHVudGVyMg==", "Basic …"],
    ["hunter2", "…"],
  ])("%s becomes %s", (value, masked) => {
    expect(maskAuthorization(value)).toBe(masked);
    expect(maskAuthorization(masked)).toBe(masked);
  });
});

describe("a value", () => {
  it("keeps its shape, and loses its credentials and its binary data", () => {
    const value = { auth: { token: TOKEN }, list: [1, null, { pid: SID }], photo: Buffer.alloc(3) };
    expect(maskValue(value)).toEqual({
      auth: { token: MASK },
      list: [1, null, { pid: "…YWAAAC" }],
      photo: "<binary>",
    });
  });

  it("keeps a header as it was masked, and shows no part of one that was not", () => {
    const masked = { authorization: `bearer  ${MASK}` };
    expect(maskValue(masked)).toEqual(masked);
    const secret = { authorization: "correct horse battery staple" };
    expect(maskValue(secret)).toEqual({ authorization: "…" });
    expect(maskValue({ authorization: `bearer ${TOKEN}` })).toEqual({ authorization: "…" });
  });

  it("of any depth is not a danger", () => {
    const deep: unknown = JSON.parse("[".repeat(8_000) + "]".repeat(8_000));
    expect(JSON.stringify(maskValue(deep))).toMatch(/^\[{51}"…"\]{51}$/);
  });
});

// No report of the suite shows a secret, not even the beginning of one.
import { expect, it } from "vitest";
import { show } from "../conformance/expectation.ts";
import { mask, secretsOf } from "../conformance/mask.ts";
import { describeOther } from "../helpers/judge-other.ts";

const SECRET = 'a "secret" with \\, /, é and \t, long enough for HS256';
const SHOWN = '{"secret":"…"}';
const inJson = JSON.stringify({ secret: SECRET });
// What Python and PHP write.
const inOtherJson = inJson.replaceAll("/", "\\/").replaceAll("é", "\\u00e9");

it.each([
  ["as it is", SECRET, "…"],
  ["as JSON", inJson, SHOWN],
  ["as JSON of another language", inOtherJson, SHOWN],
  ["as JSON that a report quotes", show(inJson), show(SHOWN)],
  ["as JSON of another language that a report quotes", show(inOtherJson), show(SHOWN)],
  ["as JSON in JSON that a report quotes", show(show(inJson)), show(show(SHOWN))],
  ["cut in the middle", `body "${SECRET.slice(0, 12)}… (900)`, 'body "… (900)'],
  ["cut in the middle of its JSON", `${JSON.stringify(SECRET).slice(0, -5)}… (900)`, '"… (900)'],
  [
    "cut in the middle of JSON that a report quotes",
    `${show(inJson).slice(0, -9)}… (900)`,
    `${show(SHOWN).slice(0, -5)}… (900)`,
  ],
])("a secret is left out, %s", (_, text, shown) => {
  expect(mask(text, [SECRET])).toBe(shown);
});

it("what a login body holds besides the credentials is a secret by its name", async () => {
  const body = {
    client: { id: "chat", client_secret: "hunter2", apiKey: "" },
    grant_type: "password",
    password: "{password}",
    name: "{username}",
  };
  const flags = { "login-body": JSON.stringify(body), password: "changeit" };
  const target = await describeOther("http://127.0.0.1:9", flags);
  expect(secretsOf(target)).toEqual(["changeit", "hunter2"]);
});

it.each([
  ["in JSON", '{"refreshToken":"tGzv3JOkF0XG5Qx2TlKWIA"}', '{"refreshToken":"…TlKWIA"}'],
  [
    "in JSON that a report quotes",
    show('{"refresh_token": "abcdefghij"}'),
    show('{"refresh_token": "…efghij"}'),
  ],
  ["in a cookie", "Cookie: refresh_token=abcdefghij; x=1", "Cookie: refresh_token=…efghij; x=1"],
  ["that is longer", "refreshToken=abc.def~ghi/jkl+mno==", "refreshToken=…+mno=="],
])("a refresh token is cut, whatever it is made of, %s", (_, text, shown) => {
  expect(mask(text, [])).toBe(shown);
});

// The one token is found in any text that a person has copied, and where there are two, nothing is guessed.
import { expect, it } from "vitest";
import { makeToken } from "../../scripts/lab/named-tokens.ts";
import { findToken } from "../../scripts/model/find-token.ts";
import { duplicateNames, placesOf } from "../../scripts/model/token-parts.ts";

const MAKER = {
  secret: "a secret of this test",
  issuer: "us",
  audience: "them",
  now: 1_700_000_000,
};
const TOKEN = makeToken("valid", MAKER)!;
const OTHER = makeToken("expired", MAKER)!;
const UNSIGNED = makeToken("unsigned", MAKER)!;
const wrapped = TOKEN.replaceAll(/.{60}/g, "$&\n");

it.each([
  ["itself", TOKEN],
  ["lines of a terminal", `${wrapped}\n`],
  ["a header", `Authorization: Bearer ${TOKEN}`],
  [
    "a header in lower case, with others",
    `host: x.example.org\nauthorization: bearer ${TOKEN}\naccept: */*`,
  ],
  ["a header that a terminal broke", `Authorization: Bearer ${wrapped}`],
  ["the answer to a login", `{"user":"john","token":"${TOKEN}"} `],
  ["the answer of OAuth", `{"access_token":"${TOKEN}","token_type":"Bearer","expires_in":3600}`],
  ["an answer in an answer", JSON.stringify({ body: JSON.stringify({ data: { jwt: TOKEN } }) })],
  ["a cookie", `Cookie: theme=dark; session=${TOKEN}; lang=en`],
  ["a set cookie", `set-cookie: jwt=Bearer%20${TOKEN}; Path=/; HttpOnly`],
  [
    "the query of an address",
    `wss://x.example.org/socket.io/?EIO=4&token=${TOKEN}&transport=websocket`,
  ],
  ["the fragment of an address", `https://x.example.org/#access_token=${TOKEN}&token_type=Bearer`],
  ["the CONNECT packet", `40{"token":"${TOKEN}"}`],
  ["the CONNECT packet of a namespace", `40/admin,{"token":"Bearer ${TOKEN}"}`],
  [
    "a curl command",
    `curl 'http://127.0.0.1:3000/self' \\\n  -H 'Authorization: Bearer ${TOKEN}' \\\n  -H 'Accept: */*'`,
  ],
  ["code", `io({ extraHeaders: { authorization: \`bearer ${TOKEN}\` } });`],
  ["a sentence", `My token is ${TOKEN}. It is refused, though it is the same ${TOKEN}.`],
  ["a name with dots", `auth.session=${TOKEN}`],
  ["escaped line breaks", `"token:\\n${TOKEN}\\n"`],
])("finds the token in %s", (_, text) => {
  expect(findToken(text)).toEqual({ token: TOKEN });
});

it("finds a token without a signature, and an encrypted one", () => {
  expect(findToken(`token=${UNSIGNED}&x=1`)).toEqual({ token: UNSIGNED });
  const header = Buffer.from('{"alg":"dir","enc":"A128GCM"}').toString("base64url");
  const encrypted = `${header}..aXY.Y2lwaGVy.dGFn`;
  expect(findToken(`Bearer ${encrypted}, and more`)).toEqual({ token: encrypted });
});

it("does not choose between two tokens", () => {
  const told = findToken(`{"access_token":"${TOKEN}","refresh_token":"${OTHER}"}`);
  const [one, other] = [TOKEN.slice(-6), OTHER.slice(-6)];
  expect(told).toEqual({
    problem: `There are 2 tokens in it (…${one}, …${other}): paste one of them.`,
  });
});

it.each([
  ["accounts.examplesoft.com", "accounts.examplesoft.com"],
  ["Bearer no-token", "no-token"],
  ['{"token":"opaque"}', "opaque"],
  ['"abc";', "abc"],
  ["100% of %ff", "100%of%ff"],
])("takes %j as what was typed", (text, token) => {
  expect(findToken(text)).toEqual({ token });
});

it("comes to an end with a long text in which much could be a token", () => {
  const text = "eaaaaaaaa.".repeat(20_000);
  expect(findToken(text)).toEqual({ token: text });
});

it.each([
  ['{"a":1,"b":{"a":[1,{"a":2}]},"c":"a"}', []],
  ['{ "exp" : 1, "sub":"x,}\\"", "exp":2 , "ex\\u0070":3}', ["exp"]],
  ["{}", []],
])("tells which members of %s stand twice", (json, names) => {
  expect(duplicateNames(json)).toEqual(names);
});

it("tells where in the encoded part a claim stands", () => {
  const json = '{"name":"Zoë 😀","exp":[1, 2],"sub":"john"}';
  const part = Buffer.from(json).toString("base64url");
  const decodedAt = (name: string): string[] =>
    placesOf(name, json).map(({ start, end }) => {
      // Whole groups of four characters around it.
      const from = start - (start % 4);
      return Buffer.from(part.slice(from, end + ((4 - (end % 4)) % 4)), "base64url").toString();
    });
  for (const [name, text] of [
    ["exp", '"exp":[1, 2]'],
    ["sub", '"sub":"john"'],
  ]) {
    const [seen, ...more] = decodedAt(name!);
    expect(more).toEqual([]);
    expect(seen).toContain(text);
    expect(seen!.length - text!.length).toBeLessThanOrEqual(4);
  }
});

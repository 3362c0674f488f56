// Proves that each named token is wrong in the way its name says, and in no other.
import jwt from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { makeToken } from "../../scripts/lab/named-tokens.ts";
import { TOKEN_NAMES, TOKENS, type TokenName } from "../../scripts/model/vocabulary.ts";

const now = 1_800_000_000;
const maker = {
  secret: "a secret of at least thirty-two bytes",
  issuer: "us",
  audience: "here",
  now,
};

function verify(name: TokenName): unknown {
  const rules = {
    algorithms: ["HS256" as const],
    issuer: "us",
    audience: "here",
    clockTimestamp: now,
  };
  return jwt.verify(makeToken(name, maker) ?? "", maker.secret, rules);
}

describe("a named token", () => {
  it.each([
    ["valid", { id: 1, username: "john" }],
    ["other-user", { id: 2, username: "jane" }],
  ] as const)("%s verifies, with its user", (name, data) => {
    expect(verify(name)).toEqual({ data, iat: now, exp: now + 3600, aud: "here", iss: "us" });
  });

  it("no-user verifies and has no data", () => {
    expect(verify("no-user")).not.toHaveProperty("data");
  });

  it("no-expiry verifies and has no exp", () => {
    expect(verify("no-expiry")).not.toHaveProperty("exp");
  });

  it.each([
    ["expired", "jwt expired"],
    ["not-yet-valid", "jwt not active"],
    ["wrong-issuer", "jwt issuer invalid"],
    ["wrong-audience", "jwt audience invalid"],
    ["other-secret", "invalid signature"],
    ["other-algorithm", "invalid algorithm"],
    ["unsigned", "jwt signature is required"],
    ["tampered", "invalid signature"],
    ["garbage", "jwt malformed"],
    ["none", "jwt must be provided"],
  ] as const)("%s is refused by jsonwebtoken: %s", (name, message) => {
    expect(() => verify(name)).toThrow(message);
  });

  it("other-algorithm has a good signature, by HS384", () => {
    const token = makeToken("other-algorithm", maker)!;
    const rules = { algorithms: ["HS384" as const], clockTimestamp: now };
    expect(jwt.verify(token, maker.secret, rules)).toHaveProperty("data");
  });

  it("has one sentence for each name", () => {
    for (const name of TOKEN_NAMES) expect(TOKENS[name]).toMatch(/^[A-Z].*\.$/);
  });
});

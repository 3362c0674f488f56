// A good token that a person gives stands in where the suite can neither make tokens nor fetch them, and is never shown.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readConformanceOptions } from "../../scripts/conformance/options.ts";
import { cases } from "../conformance/cases.ts";
import { encode } from "../conformance/mint.ts";
import { failuresOf, judge } from "../helpers/judge-other.ts";
import { runCommand } from "../helpers/node-process.ts";
import { issueOtherToken, openOtherServer } from "../helpers/other-server.ts";

/** Neither secret nor login: only the token. */
const TOKEN_ALONE = {
  username: undefined,
  password: undefined,
  claims: "header,polling,websocket,self",
};
const HOUR_SECONDS = 3600;

it("every case that needs a good token runs with it, and none that makes tokens", async () => {
  const token = issueOtherToken(HOUR_SECONDS);
  const results = await judge(cases, { flags: { ...TOKEN_ALONE, token } });
  expect(failuresOf(results)).toEqual([]);
  expect(results.filter(({ result }) => result === "passed").length).toBeGreaterThan(200);
  const lacking = results.filter((one) => one.lacking.includes("mint"));
  expect(lacking.map(({ id }) => id)).toContain("token.exp-past");
  expect(results.find(({ id }) => id === "token.tampered-claims")?.result).toBe("passed");
});

it("the command takes it from the environment, and shows no part of it, even of one that a server repeats", async () => {
  const token = issueOtherToken(HOUR_SECONDS);
  const server = await openOtherServer({ told: ` ${token.split(".").join(" ")}` });
  // It does not refuse everything alike, so that the report shows how it refuses.
  const supported = ["--claims", "header,polling,websocket,self,uniform-errors"];
  const flags = ["--path", "/live", "--self", "/api/me", ...supported, "--only", "header."];
  const { stdout, code } = await runCommand("conformance", ["--url", server.url, ...flags], {
    env: { CONFORMANCE_TOKEN: token },
  });
  await server.close();
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ header\./);
  const [, claims = "", signature = ""] = token.split(".");
  for (const part of [claims, signature])
    for (let at = 0; at < part.length - 8; at += 8)
      expect(stdout).not.toContain(part.slice(at, at + 8));
});

it("a file for --target that is not JSON is refused as that, and not quoted", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "given-token-"));
  const file = path.join(folder, "target.json");
  await writeFile(file, "JWT_SECRET=TOPSECRET");
  const refusal = readConformanceOptions(["--target", file], {}).catch(String);
  expect(await refusal).toMatch(/target\.json is not JSON: write it like/);
  expect(await refusal).not.toContain("TOPSECRET");
  await rm(folder, { recursive: true });
});

describe("a token that can do nothing is refused before anything is run", () => {
  const url = ["--url", "http://127.0.0.1:9"];
  const past = `${encode({ alg: "RS256" })}.${encode({ exp: 1_000 })}.c2ln`;
  it.each([
    ["abc", /^The token must be a signed JSON Web Token, three parts .*, got 1\.$/],
    ["a.b.c.d.e", /^The token must be .*, got 5\.$/],
    ["Bearer a.b.c", /^The token must be .*, got three with characters that belong to no token\.$/],
    ["a.b.c", /^The second part of the token must be claims in JSON/],
    [`a.${encode("null")}.c`, /^The second part of the token must be claims in JSON/],
    [past, /^The token expired .+ ago, as its claim exp says: give a fresh one\.$/],
  ])("%s", (token, sentence) =>
    expect(readConformanceOptions([...url, "--token", token], {})).rejects.toThrow(sentence),
  );

  it("but not where a secret is given, which goes before it", async () => {
    const options = await readConformanceOptions([...url, "--secret", "x", "--token", past], {});
    expect(options?.target?.claims.has("mint")).toBe(true);
  });
});

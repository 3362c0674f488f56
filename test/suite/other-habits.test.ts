// The suite judges rules and not habits: another server keeps them all, though it answers otherwise than ours.
import { expect, it } from "vitest";
import { cases } from "../conformance/cases.ts";
import { failuresOf, judge } from "../helpers/judge-other.ts";
import { runCommand } from "../helpers/node-process.ts";
import {
  AUDIENCE,
  CREDENTIALS,
  ISSUER,
  openOtherServer,
  type OtherHabits,
  SECRET,
} from "../helpers/other-server.ts";

it("a correct server with habits of its own fails no case of what it claims", async () => {
  const results = await judge(cases);
  expect(failuresOf(results)).toEqual([]);
  expect(results.filter(({ result }) => result === "passed").length).toBeGreaterThan(400);
});

it("nor does one that has polling alone", async () => {
  const flags = { secret: SECRET, claims: "header,polling,self,no-leeway" };
  const about = cases.filter(({ id }) => /^(handshake|transports|robustness)\./.test(id));
  const results = await judge(about, { flags });
  expect(failuresOf(results)).toEqual([]);
  expect(results.filter(({ result }) => result === "passed").length).toBeGreaterThan(150);
});

it("one that tells its secret fails, and the report does not tell it again", async () => {
  const expired = cases.filter(({ id }) => id === "token.exp-past");
  const [result] = await judge(expired, { habits: { told: "-".repeat(500) + SECRET } });
  expect(result?.failure?.expected).toBe("no secret in the answer");
  expect(JSON.stringify(result)).not.toContain(SECRET);
});

const nearMisses = cases.filter(({ id }) => /^http\.login-.*-near-miss$/.test(id));

it("one whose login takes a password in any case fails, and the report shows nothing like the password", async () => {
  const habits: OtherHabits = {
    isSame: (given, right) => String(given).toLowerCase() === right.toLowerCase(),
  };
  const results = await judge(nearMisses, { habits });
  expect(failuresOf(results)).toEqual([
    [
      "http.login-password-near-miss",
      "a status from 400 to 499",
      "200 for the password in capitals",
    ],
  ]);
  const report = JSON.stringify(results).toLowerCase();
  expect(report).toContain("post /api/session, the password cut to its first half");
  expect(report).not.toMatch(/as long|you like|carte/);
});

it("one whose login takes the same characters in another form (RFC 8265) fails nothing", async () => {
  const habits: OtherHabits = { isSame: (given, right) => String(given).normalize() === right };
  const results = await judge(nearMisses, { habits });
  expect(results.map(({ result }) => result)).toEqual(["passed", "passed"]);
});

it("one that does not look whose token it is fails where the token is nobody's", async () => {
  const token = cases.filter(({ id }) => id.startsWith("token."));
  const failures = failuresOf(await judge(token, { habits: { isForAnybody: true } }));
  expect(failures.map(([id]) => id)).toEqual([
    "token.user-claims-missing",
    "token.user-claims-null",
    "token.user-claims-empty",
    "token.user-claims-sub-object",
  ]);
});

it("one whose handler trusts a client fails where it ends, and the report shows what ended it", async () => {
  const named = cases.filter(({ id }) => id.startsWith("robustness.events-no-ack"));
  const [result] = await judge(named, { habits: { trustsCall: "everything" } });
  expect(result?.failure).toMatchObject({ isTargetDown: true });
  expect(result?.failure?.sent).toContain('frame 42["say"]');
});

it("one whose handler looks at its acknowledgement and trusts the argument fails as well", async () => {
  const named = cases.filter(({ id }) => id.startsWith("robustness.events-one-"));
  const [result] = await judge(named, { habits: { trustsCall: "argument" } });
  expect(result?.failure).toMatchObject({ isTargetDown: true });
});

it.each([
  ["in time passes", 300, "passed"],
  ["late, or never, fails", 45_000, "failed"],
])("one that ends a session without a socket %s", async (_what, connectTimeoutMs, expected) => {
  const idle = cases.filter(({ id }) => id === "handshake.session-needs-socket");
  const websocket = {
    secret: SECRET,
    claims: "header,polling,websocket",
    "connect-timeout": "500",
  };
  const [byWebSocket] = await judge(idle, { habits: { connectTimeoutMs }, flags: websocket });
  const polling = { ...websocket, claims: "header,polling" };
  const [byPolling] = await judge(idle, { habits: { connectTimeoutMs }, flags: polling });
  expect([byWebSocket?.result, byPolling?.result]).toEqual([expected, expected]);
});

it("one that keeps idle connections for long does not keep the command", async () => {
  const server = await openOtherServer();
  const flags = { ...CREDENTIALS, issuer: ISSUER, audience: AUDIENCE, login: "/api/session" };
  const args = Object.entries({ url: server.url, path: "live", ...flags, only: "http.missing" });
  const said = args.flatMap(([name, value]) => [`--${name}`, value]);
  expect(await runCommand("conformance", said)).toMatchObject({
    stderr: '--path must begin with a slash, got "live".\n',
    code: 2,
  });
  const { stdout, code } = await runCommand("conformance", [...said, "--path", "/live"]);
  await server.close();
  expect(stdout).toMatch(/11 passed, 0 failed\n$/);
  expect(code).toBe(0);
});

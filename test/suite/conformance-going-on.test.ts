// When a server ends at a case, or has had enough: the report says what happened, and how to go on.
import { afterEach, describe, expect, it } from "vitest";
import { renderHtml } from "../../scripts/conformance/html.ts";
import { exitCodeOf } from "../../scripts/conformance/report.ts";
import { renderFailures } from "../../scripts/conformance/report-failures.ts";
import type { CaseResult } from "../../scripts/conformance/run.ts";
import { paintNothing } from "../../scripts/terminal/paint.ts";
import { cases } from "../conformance/cases.ts";
import { describeObstacle } from "../conformance/obstacles.ts";
import { describeOther, failuresOf, judge } from "../helpers/judge-other.ts";
import { lastingPort } from "../helpers/lasting-port.ts";
import { type Ended, runCommand } from "../helpers/node-process.ts";
import { issueOtherToken, openOtherServer, type OtherHabits } from "../helpers/other-server.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function run(habits: OtherHabits, args: readonly string[]): Promise<Ended> {
  const { url, close } = await openOtherServer(habits);
  closers.push(close);
  const about = ["--path", "/live", "--claims", "header,polling,websocket", "--events", "say"];
  return runCommand("conformance", ["--url", url, ...about, ...args], {
    env: { CONFORMANCE_TOKEN: issueOtherToken() },
  });
}

it("a server that ends at a case goes on without that case", async () => {
  const only = ["--only", "robustness.event"];
  const ended = await run({ trustsCall: "everything" }, only);
  const [, id = ""] = /start it again and add --skip (\S+)/.exec(ended.stdout) ?? [];
  expect(id).toBe("robustness.events-no-ack");
  expect(ended.stdout).toMatch(/1 failed, 12 not run\n$/);

  const further = await run({ trustsCall: "everything" }, [...only, "--skip", "robustness.events"]);
  expect(further.stdout).toMatch(/ passed, 0 failed, 13 left out\n$/);
  expect(further.code).toBe(0);
});

it("a server that is started again by others is judged to the end, and does not get away with it", async () => {
  const habits: OtherHabits = {
    trustsCall: "everything",
    port: await lastingPort(),
    // The one that has ended may hold the port a little longer.
    onEnd: async () => {
      try {
        const { close } = await openOtherServer(habits);
        closers.push(close);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
        setImmediate(() => void habits.onEnd?.());
      }
    },
  };
  const { stdout } = await run(habits, ["--only", "robustness.events"]);
  // A thousand arguments and a text of 60,000 characters reach no handler of it.
  expect(stdout).toMatch(/\n2 passed, 11 failed\n$/);
  expect(stdout).toContain("✗ robustness.events-no-ack ");
  expect(stdout).not.toContain("--skip");
});

it("a server that limits how often one may ask is reported as that, and not as a crash", async () => {
  const limit = "limits requests (429): wait, restart it, or lift its limit for the test.";
  const later = await run({ mostHandshakes: 20 }, ["--only", "header"]);
  expect(later.stdout).toContain(`The server ${limit}`);
  expect(later.stdout).not.toMatch(/did not accept a good token|--skip/);

  const atOnce = await run({ mostHandshakes: 0 }, ["--only", "header"]);
  expect(atOnce.stderr).toMatch(/^http:\S+ limits requests \(429\): wait, restart it/);
});

it("a rate limit of the login is reported once: a 429 is neither a refusal nor a fault", async () => {
  const logins = cases.filter(({ id }) => id.startsWith("http.login-"));
  // The first is that of the greeting.
  const results = await judge(logins, { habits: { mostLogins: 3 } });
  const passed = results.filter(({ result }) => result === "passed");
  expect(passed.map(({ id }) => id)).toEqual(logins.slice(0, 2).map(({ id }) => id));
  const report = { name: "there", results, durationMs: 1 };
  expect(exitCodeOf([report])).toBe(2);
  const [head, ...lines] = renderFailures(report, { paint: paintNothing, width: 1000 });
  expect(head).toMatch(/^✗ http\.login-/);
  const told = lines.filter((line) => /^✗| helps | limits requests/.test(line));
  expect(told).toEqual([
    "  The server limits requests (429): wait, restart it, or lift its limit for the test.",
  ]);
  const page = renderHtml([report]);
  expect(page).toContain("<dt>Not judged</dt><dd>The server limits requests");
  expect(page).toContain("<p>1 finding</p>");
});

describe("faults that one remedy helps share one entry, which names it", () => {
  it.each([
    [false, []],
    [true, ["  After each of these cases the target did not accept a good token any more."]],
  ])("also where they end the server: %s", (isTargetDown, said) => {
    const seen = ["200, body 0{}", "101"];
    const failed = ["empty", "bare"].map((name, at): CaseResult => {
      const failure = { expected: "a refusal", seen: seen[at]!, sent: [], isTargetDown };
      return {
        id: `http.${name}`,
        title: "refuses",
        source: "RFC",
        lacking: [],
        result: "failed",
        remedy: "Ask for it.",
        durationMs: 1,
        failure: { ...failure, obstacle: undefined },
      };
    });
    const report = { name: "there", results: failed, durationMs: 2 };
    const lines = renderFailures(report, { paint: paintNothing, width: 80 });
    expect(lines.filter((line) => line.startsWith("✗"))).toEqual(["✗ http.empty  (there)"]);
    expect(lines.slice(lines.indexOf("  alike     http.bare"))).toEqual([
      "  alike     http.bare",
      "  helps     Ask for it.",
      ...said,
      "",
    ]);
  });
});

it("the report says what was given and not used, and what would let more cases run", async () => {
  const { stdout } = await run({}, [
    "--namespaces",
    "/rooms",
    "--only",
    "header",
    "--only",
    "token",
  ]);
  expect(stdout).toContain("--events was not used: none of the chosen cases is about it.");
  expect(stdout).toContain("--namespaces was not used: none of the chosen cases is about it.");
  expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/mint \d+ \(--secret or --private-key\)/);
});

it("the report names an event that nothing came back from, since its name may be misspelt", async () => {
  const only = ["--only", "robustness.events-one-null", "--events", "say,sya"];
  const { stdout } = await run({}, only);
  const told = stdout.replaceAll(/\s+/g, " ").match(/Nothing came back from any call of "\w+"/g);
  expect(told).toEqual(['Nothing came back from any call of "sya"']);
});

it("the report says that a given token has ended during the run", async () => {
  const flags = { username: undefined, password: undefined, claims: "header,polling" };
  const target = await describeOther("http://127.0.0.1:9", { ...flags, token: issueOtherToken() });
  const now = Math.floor(Date.now() / 1000);
  const refused = '401, body "jwt expired"';
  expect(describeObstacle(target, refused, now)).toBe(undefined);
  expect(describeObstacle(target, refused, now + 61)).toMatch(
    /^The token .* has expired meanwhile/,
  );
});

it.each([
  ["takes its time over a credential", { checkMs: 100 }],
  ["refuses with another status", { status: 403 }],
])("a refusal by a server that %s is judged by its own rule alone", async (_what, habits) => {
  const ids = new Set<string>(["handshake.http-1.0", "handshake.refusal-ends-connection"]);
  const chosen = cases.filter(({ id }) => ids.has(id));
  expect(failuresOf(await judge(chosen, { habits }))).toEqual([]);
});

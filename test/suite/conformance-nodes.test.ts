// The suite on several servers: of this project by Redis, and of others, at addresses of their own or behind one.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Report, runSubject, runTarget } from "../../scripts/conformance/run.ts";
import { readConformanceOptions } from "../../scripts/conformance/options.ts";
import { SETTINGS, SWITCHED_ON, targetOf } from "../../scripts/conformance/subjects.ts";
import { type BalancedNodes, openBalancedNodes } from "../../scripts/lab/servers/balanced.ts";
import { startNodes } from "../../scripts/lab/servers/nodes.ts";
import { cases } from "../conformance/cases.ts";
import type { Target } from "../conformance/target.ts";
import { runCommand } from "../helpers/node-process.ts";
import { HAS_REDIS, REDIS_SKIPPED } from "../helpers/redis.ts";

const OWN = cases.filter(({ id }) => id.startsWith("nodes."));
const SUBJECT = { variant: "cjs", auth: "manual", transports: undefined, groups: [] } as const;

function idsOf({ results }: Report, wanted: string): string[] {
  return results.filter(({ result }) => result === wanted).map(({ id }) => id);
}

function judge(target: Target): Promise<Report> {
  const revive = (): Promise<Target> => Promise.resolve(target);
  return runTarget({ name: "nodes", target, cases: OWN, timeoutMs: 5_000, revive });
}

const shared = (ADAPTER: string) =>
  ({
    variant: "cjs",
    count: 3,
    settings: { ...SETTINGS, auth: "manual", more: { ...SWITCHED_ON, ADAPTER } },
  }) as const;

it.skipIf(!HAS_REDIS)(`servers that share a Redis pass${REDIS_SKIPPED}`, async () => {
  const report = await runSubject({ ...SUBJECT, adapter: "redis" }, OWN);
  expect(idsOf(report, "passed")).toHaveLength(OWN.length);
});

describe("somebody's servers", () => {
  const news: string[] = [];
  let nodes: BalancedNodes;
  beforeAll(async () => {
    nodes = await openBalancedNodes({
      ...shared("cluster"),
      onNews: (sentence) => news.push(sentence),
    });
  });
  afterAll(() => nodes.stop());

  it("behind one address pass, but for what takes two", async () => {
    const claims = targetOf({ ...SUBJECT, adapter: "cluster" }, "").claims;
    const report = await judge({ ...targetOf(SUBJECT, nodes.origin), claims });
    expect(idsOf(report, "failed")).toEqual([]);
    expect(idsOf(report, "not claimed")).toEqual(["nodes.reuse", "nodes.session-unknown"]);
    expect(news).toEqual([]);
  });

  it("are claimed to share their users by the addresses that are given", async () => {
    const urls = nodes.servers.map(({ url }) => url);
    const { secret, issuer, audience } = SETTINGS;
    const claims = "websocket,polling,user-rooms,data-claim";
    const { stdout, code } = await runCommand(
      "conformance",
      ["--url", urls[0]!, "--nodes", urls.join(), "--only", "nodes", "--claims", claims].concat([
        "--issuer",
        issuer,
        "--audience",
        audience,
      ]),
      { env: { CONFORMANCE_SECRET: secret } },
    );
    expect(stdout).toMatch(/nodes +6 ok/);
    expect(stdout).toMatch(/6 passed, 0 failed, 4 not claimed\n$/);
    expect(code).toBe(0);
  });
});

it("servers that know their own users alone, and claim more, are noticed", async () => {
  const nodes = await startNodes(shared("memory"));
  const urls = nodes.servers.map(({ url }) => url);
  const report = await judge(targetOf({ ...SUBJECT, adapter: "cluster" }, urls[0]!, urls));
  await nodes.stop();
  expect(idsOf(report, "passed")).toEqual([
    "nodes.note-to-others",
    "nodes.token",
    "nodes.session-unknown",
  ]);
});

it("the command says what is missing where there is no redis-server", async () => {
  const args = ["cjs", "--auth", "manual", "--adapter", "redis", "--only", "nodes"];
  const { stdout, stderr, code } = await runCommand("conformance", args, {
    env: { PATH: "/nowhere" },
  });
  expect({ stdout, stderr, code }).toEqual({
    stdout: "",
    stderr:
      "There is no redis-server on this machine: install it (on Debian: apt install redis-server), or choose --adapter cluster.\n",
    code: 2,
  });
});

it.each([
  [["--adapter", "memory"], /^--adapter must be one of cluster, redis, got "memory"\.$/],
  [
    ["--url", "http://127.0.0.1:9", "--adapter", "redis"],
    /^A variant, --all, --auth or --adapter goes/,
  ],
  [
    ["--url", "http://127.0.0.1:9", "--secret", "x", "--nodes", "127.0.0.1:9"],
    /^--nodes must be like http:/,
  ],
])("wrong arguments are one sentence: %s", async (args, sentence) => {
  await expect(readConformanceOptions(args, {})).rejects.toThrow(sentence);
});

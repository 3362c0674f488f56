// A Redis for one run has a port that nothing else has, also if another process takes the one that was chosen.
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startRedis } from "../../scripts/lab/servers/redis.ts";
import { HAS_REDIS, REDIS_SKIPPED } from "../helpers/redis.ts";

/** Takes the port that a `redis-server` is to have, the first so many times, and starts the real one then. */
const THIEF = `#!/usr/bin/env node
const { spawn } = require("node:child_process");
const { appendFileSync, readFileSync } = require("node:fs");
const { createServer } = require("node:net");
const [, , ...args] = process.argv;
const port = args[args.indexOf("--port") + 1];
appendFileSync(process.env.THEFTS, port + "\\n");
const times = readFileSync(process.env.THEFTS, "utf8").split("\\n").length - 1;
const start = () => {
  const real = spawn("redis-server", args, { stdio: "inherit", env: { PATH: process.env.REAL_PATH } });
  process.on("SIGTERM", () => real.kill());
  real.once("exit", (code) => process.exit(code));
};
if (times > Number(process.env.MOST_THEFTS)) start();
else createServer().listen(port, "127.0.0.1", start);
`;

/** @returns the ports that it tried */
async function withThief(most: number, use: () => Promise<void>): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "redis-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, "redis-server"), THIEF);
  await chmod(path.join(folder, "redis-server"), 0o755);
  const thefts = path.join(folder, "thefts");
  const { PATH = "" } = process.env;
  vi.stubEnv("REAL_PATH", PATH);
  vi.stubEnv("PATH", folder + path.delimiter + PATH);
  vi.stubEnv("THEFTS", thefts);
  vi.stubEnv("MOST_THEFTS", String(most));
  await use().finally(() => vi.unstubAllEnvs());
  return (await readFile(thefts, "utf8")).trim().split("\n");
}

describe.skipIf(!HAS_REDIS)(`a port that another process takes at once${REDIS_SKIPPED}`, () => {
  it("is left to it, and another one is tried", async () => {
    let own = 0;
    const ports = await withThief(2, async () => {
      const redis = await startRedis();
      own = redis.port;
      await redis.stop();
    });
    expect(ports).toHaveLength(3);
    expect(ports.at(-1)).toBe(String(own));
  });

  it("is reported if it was given, or if it is taken again and again", async () => {
    expect(
      await withThief(9, () =>
        expect(startRedis(20_001)).rejects.toThrow("Address already in use"),
      ),
    ).toEqual(["20001"]);
    expect(
      await withThief(9, () => expect(startRedis()).rejects.toThrow("Address already in use")),
    ).toHaveLength(5);
  });
});

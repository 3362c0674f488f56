// `npm run strangers` as a process, without a registry: what cannot be installed is skipped, and nothing is called right.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { startCommand } from "../helpers/node-process.ts";

it("says why a server was skipped, and that none could be tried", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "strangers-"));
  const env = {
    STRANGERS_CACHE: path.join(folder, "strangers"),
    npm_config_cache: path.join(folder, "npm"),
    npm_config_offline: "true",
  };
  const ended = await startCommand("strangers", ["fastify-payload"], { env }).ended;
  await rm(folder, { recursive: true });
  expect(ended.stdout).toMatch(/^– fastify-payload +skipped: npm failed \(1\): \S/);
  expect(ended.stdout).toMatch(/\nright about 0 of 0 servers, 1 skipped\n$/);
  expect(ended.code).toBe(2);
});

it("refuses a name that it does not know", async () => {
  const ended = await startCommand("strangers", ["nest", "rails"]).ended;
  expect(ended.stderr).toMatch(/^There is no stranger "rails": there are nest-middleware, /);
  expect(ended.code).toBe(2);
});

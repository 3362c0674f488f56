// The sandbox is found again where it was: the same port and the same key, as long as nobody else has the port.
import { equal } from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { reopenSandbox } from "../scripts/sandbox/reopen.ts";

let folder: string;
let file: string;
const mistakes: unknown[] = [];
const remarks: string[] = [];
const started: { close(): unknown }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "reopen-test-"));
  file = path.join(folder, "kept", "address.json");
});
afterEach(async () => {
  for (const each of started.splice(0)) await each.close();
  await rm(folder, { recursive: true });
  equal(mistakes.length, 0);
});

function onMistake(error: unknown): void {
  mistakes.push(error);
}

function onRemark(sentence: string): void {
  remarks.push(sentence);
}

/** @returns the page's address, with the key in it */
async function reopen(port?: number): Promise<URL> {
  const given = port === undefined ? {} : { port };
  const sandbox = await reopenSandbox({ ...given, onMistake, onRemark }, file);
  started.push(sandbox);
  return new URL(sandbox.address("/"));
}

async function reopenAfterEnd(): Promise<URL> {
  await started.pop()!.close();
  return reopen();
}

it("comes back at the same port with the same key", async () => {
  const first = await reopen();
  expect(first.hash).toMatch(/^#key=[\w-]{22}$/);
  expect(await reopenAfterEnd()).toEqual(first);
});

it("keeps the key where only its owner can read it", async () => {
  const { port, hash } = await reopen();
  const kept = await readFile(file, "utf8");
  expect(JSON.parse(kept)).toEqual({ port: Number(port), key: hash.replace("#key=", "") });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("takes another port, and keeps the key, while somebody else has the port", async () => {
  const first = await reopen();
  const second = await reopen();
  expect(second.port).not.toBe(first.port);
  expect(second.hash).toBe(first.hash);
});

it("takes the port that was asked for or none", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  started.push(other);
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  await expect(reopen(port)).rejects.toMatchObject({ code: "EADDRINUSE" });
});

it.each([
  ["no JSON", "{"],
  ["a key that is too short", '{"port":20000,"key":"abc"}'],
  ["a port that browsers refuse", '{"port":6000,"key":"AAAAAAAAAAAAAAAAAAAAAA"}'],
  ["a port that there is not", '{"port":70000,"key":"AAAAAAAAAAAAAAAAAAAAAA"}'],
])("makes a new address in the place of one that is damaged: %s", async (_what, text) => {
  const first = await reopen();
  await writeFile(file, text);
  const second = await reopenAfterEnd();
  expect(second.hash).toMatch(/^#key=[\w-]{22}$/);
  expect(second.hash).not.toBe(first.hash);
  expect(await reopenAfterEnd()).toEqual(second);
});

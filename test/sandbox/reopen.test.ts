// The sandbox is found again where it was, by the pages that were open there, as long as nobody else has the port.
import { equal } from "node:assert/strict";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { portIn } from "../../scripts/sandbox/own-address.ts";
import { reopenSandbox } from "../../scripts/sandbox/reopen.ts";
import type { Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { keyOf, knock, welcomeOf } from "../helpers/control-page.ts";
import { lastingPort } from "../helpers/lasting-port.ts";

let folder: string;
let file: string;
const mistakes: unknown[] = [];
const remarks: string[] = [];
const started: { close(): unknown }[] = [];

beforeEach(async () => {
  remarks.length = 0;
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

async function reopen(port?: number, usual?: number): Promise<Sandbox> {
  const given = port === undefined ? {} : { port };
  const first = usual ?? (await lastingPort());
  const sandbox = await reopenSandbox({ ...given, onMistake, onRemark }, file, first);
  started.push(sandbox);
  return sandbox;
}

async function reopenAfterEnd(): Promise<Sandbox> {
  await started.pop()!.close();
  return reopen();
}

/** Lets a page in that has this. @returns the pass that it is given; null if it has one */
async function passOf(sandbox: Sandbox, key = keyOf(sandbox)): Promise<string | null> {
  const page = knock(sandbox.lab.origin, key);
  try {
    return (await welcomeOf(page)).pass;
  } finally {
    page.close();
  }
}

it("is at first at the usual port, and where that is in use, at one that it keeps", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port: usual } = holder.address() as { port: number };
  const first = await reopen(undefined, usual);
  const port = portIn(first.lab.origin);
  expect(port).not.toBe(usual);
  holder.close();
  await once(holder, "close");
  expect(portIn((await reopenAfterEnd()).lab.origin)).toBe(port);
  await started.pop()!.close();
  await rm(file);
  expect(portIn((await reopen(undefined, usual)).lab.origin)).toBe(usual);
  expect(remarks).toEqual([]);
});

it("comes back at the same port with another key", async () => {
  const first = await reopen();
  const [{ origin }, key] = [first.lab, keyOf(first)];
  const second = await reopenAfterEnd();
  expect(second.lab.origin).toBe(origin);
  expect(keyOf(second)).not.toBe(key);
  await expect(passOf(second, key)).rejects.toThrow(/does not open the sandbox/);
});

it("lets in a page of an earlier run with its pass, gives it another, and takes the old one no more", async () => {
  const first = (await passOf(await reopen()))!;
  const sandbox = await reopenAfterEnd();
  const second = (await passOf(sandbox, first))!;
  expect(second).not.toBe(first);
  expect(await passOf(sandbox, second)).toBeNull();
  await expect(passOf(sandbox, first)).rejects.toThrow(/does not open the sandbox/);
  const next = await reopenAfterEnd();
  await expect(passOf(next, first)).rejects.toThrow(/does not open the sandbox/);
  expect(await passOf(next, second)).toMatch(/^[\w-]{22}$/);
});

it("keeps where only its owner can read it, and in a form that opens nothing", async () => {
  const sandbox = await reopen();
  const key = keyOf(sandbox);
  const pass = (await passOf(sandbox))!;
  await reopenAfterEnd();
  const kept = await readFile(file, "utf8");
  expect(JSON.parse(kept)).toEqual({
    port: portIn(sandbox.lab.origin),
    passes: [expect.objectContaining({ until: expect.any(Number) as number })],
  });
  for (const secret of [key, pass]) expect(kept).not.toContain(secret);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("takes another port for once while somebody else has its own, says so, and forgets the passes of that one", async () => {
  const first = await reopen();
  const pass = (await passOf(first))!;
  await started.pop()!.close();
  const port = portIn(first.lab.origin);
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  const second = await reopen();
  expect(portIn(second.lab.origin)).not.toBe(port);
  expect(remarks.splice(0)).toEqual([
    `Port ${port} is in use, so the sandbox uses another one for this run. Pages that are open at the old one do not find it.`,
  ]);
  await expect(passOf(second, pass)).rejects.toThrow(/does not open the sandbox/);
  other.close();
  await once(other, "close");
  const third = await reopenAfterEnd();
  expect(portIn(third.lab.origin)).toBe(port);
  // It may have been handed to who had the port meanwhile.
  await expect(passOf(third, pass)).rejects.toThrow(/does not open the sandbox/);
});

it.skipIf(process.getuid?.() !== 0)("takes no passes that another user wrote", async () => {
  const pass = (await passOf(await reopen()))!;
  await started.pop()!.close();
  await chown(file, 65_534, 65_534);
  await expect(passOf(await reopen(), pass)).rejects.toThrow(/does not open the sandbox/);
});

it("takes no pass of another port", async () => {
  const pass = (await passOf(await reopen()))!;
  await started.pop()!.close();
  await expect(passOf(await reopen(0), pass)).rejects.toThrow(/does not open the sandbox/);
});

it("takes the given port or none", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  started.push(other);
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  await expect(reopen(port)).rejects.toMatchObject({ code: "EADDRINUSE" });
});

it.each([
  ["no JSON", "{"],
  ["nothing", ""],
  ["an address of an earlier version", '{"port":20000,"key":"AAAAAAAAAAAAAAAAAAAAAA"}'],
  ["a port that browsers refuse", '{"port":6000,"passes":[]}'],
  ["a port that there is not", '{"port":70000,"passes":[]}'],
  ["a pass that is none", '{"port":20000,"passes":[{"name":"x","prover":"x","until":1}]}'],
])("makes a new address in the place of one that is damaged: %s", async (_what, text) => {
  await mkdir(path.dirname(file));
  await writeFile(file, text);
  const first = await reopen();
  expect((await reopenAfterEnd()).lab.origin).toBe(first.lab.origin);
  expect(remarks).toEqual([]);
});

// `npm run sandbox` as a process: what it prints, and what does not end it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type NodeProcess, startCommand } from "./node-process.ts";

let folder: string;
const started: NodeProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sandbox-command-"));
});
afterEach(async () => {
  for (const each of started.splice(0)) {
    each.kill("SIGTERM");
    await each.ended;
  }
  await rm(folder, { recursive: true });
});

/** @returns the process, and the address that it has printed */
async function start(flags: string[] = [], kept = folder): Promise<[NodeProcess, URL]> {
  const sandbox = startCommand("sandbox", flags, { env: { PROGRESS_FOLDER: kept } });
  started.push(sandbox);
  const [, address = ""] = await sandbox.printed(/^The sandbox is at (\S+)$/m);
  return [sandbox, new URL(address)];
}

it("prints the origin that a person gave it", async () => {
  const [, address] = await start(["--public-origin", "https://name.example:444"]);
  expect(address.origin).toBe("https://name.example:444");
});

it("serves its page also where nothing can be kept, says so in one sentence, and ends when it is told to", async () => {
  const file = path.join(folder, "file");
  await writeFile(file, "");
  const [sandbox, { origin }] = await start([], file);
  expect((await fetch(origin)).status).toBe(200);
  sandbox.kill("SIGTERM");
  const { stderr, code } = await sandbox.ended;
  expect(stderr).toMatch(
    /^\S+address\.json cannot be read \(ENOTDIR\): a page that is open does not find the sandbox again after a restart\.\n$/,
  );
  expect(code).toBe(143);
});

describe("while its page is not loaded yet", () => {
  it("is not ended by websockets that are reset", async () => {
    const [, { port, origin }] = await start();
    const head = `GET /any HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    // The first makes the page load, and how long that takes is not known: they come one after the other.
    for (let sent = 0; sent < 40; sent += 1) {
      const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
      const isClosed = new Promise((resolve) => socket.once("close", resolve));
      socket.write(head);
      await setTimeout(5);
      socket.resetAndDestroy();
      await isClosed;
    }
    expect((await fetch(origin)).status).toBe(200);
  });
});

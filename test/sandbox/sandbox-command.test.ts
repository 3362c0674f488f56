// `npm run sandbox` as a process: what it prints, and what does not end it.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyIn } from "../../public/page/shell/key.ts";
import { launchBrowser } from "../../scripts/lab/browser/playwright-browser.ts";
import { knock, welcomeOf } from "../helpers/control-page.ts";
import { type NodeProcess, startCommand } from "../helpers/node-process.ts";

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
async function start(
  flags: string[] = [],
  env: Record<string, string> = {},
): Promise<[NodeProcess, URL]> {
  const sandbox = startCommand("sandbox", flags, { env: { PROGRESS_FOLDER: folder, ...env } });
  started.push(sandbox);
  const [, address = ""] = await sandbox.printed(/^The sandbox is at (\S+)$/m);
  return [sandbox, new URL(address)];
}

it("prints the origin that a person gave it", async () => {
  const [, address] = await start(["--public-origin", "https://name.example:444"]);
  expect(address.origin).toBe("https://name.example:444");
});

it("serves its page also where nothing can be stored, says so in one sentence, and ends on a signal", async () => {
  const file = path.join(folder, "file");
  await writeFile(file, "");
  const [sandbox, { origin }] = await start([], { PROGRESS_FOLDER: file });
  expect((await fetch(origin)).status).toBe(200);
  sandbox.kill("SIGTERM");
  const { stderr, code } = await sandbox.ended;
  expect(stderr).toMatch(
    /^\S+address\.json cannot be read \(ENOTDIR\): a page that is open does not find the sandbox again after a restart\.\n$/,
  );
  expect(code).toBe(143);
});

it("prints another address once a browser has used the one before", async () => {
  const [sandbox, first] = await start();
  const page = knock(first.origin, keyIn(first.href)!);
  await welcomeOf(page);
  page.close();
  const [, second = ""] = await sandbox.printed(
    /^That address has been used\. For another browser: (\S+)$/m,
  );
  expect(second).toMatch(/#key=[\w-]{22}$/);
  expect(second).not.toBe(first.href);
});

it("starts a browser without a key among its arguments: in a file for its owner alone, which is removed at the end", async () => {
  const told = path.join(folder, "arguments");
  // What the system opens addresses with, on Linux.
  await writeFile(
    path.join(folder, "xdg-open"),
    `#!/bin/sh\necho "$@" > ${told}.draft\nmv ${told}.draft ${told}\n`,
    { mode: 0o755 },
  );
  const [sandbox, address] = await start(["--open"], { PATH: `${folder}:${process.env["PATH"]}` });
  await expect.poll(() => readFile(told, "utf8").catch(() => "")).not.toBe("");
  const url = (await readFile(told, "utf8")).trim();
  expect(url).toBe(pathToFileURL(path.join(folder, "open.html")).href);
  const file = fileURLToPath(url);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const [, led = ""] = /url=(\S+)"/.exec(await readFile(file, "utf8")) ?? [];
  expect(led).not.toBe(address.href);
  const page = knock(address.origin, keyIn(led)!);
  await welcomeOf(page);
  page.close();
  sandbox.kill("SIGTERM");
  await sandbox.ended;
  expect(await readdir(folder)).not.toContain("open.html");
});

it("that is killed and started again has its page back", async () => {
  // Not the usual port, which another test may take in between.
  const [first, address] = await start(["--port", "0"]);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(address.href);
    await page.locator(".connection-connected").waitFor();
    first.kill("SIGKILL");
    await first.ended;
    await page.locator(".connection-lost").waitFor();
    await start();
    await page.locator(".connection-connected").waitFor();
    expect(page.url()).toBe(`${address.origin}/`);
  } finally {
    await browser.close();
  }
});

it.skipIf(process.platform !== "linux")(
  "keeps no bundler running once its page is built",
  async () => {
    const [{ pid }, { origin }] = await start();
    // Without a bundle the command runs from its sources, and what reads these has an esbuild of its own.
    const before = await bundlersOf(pid);
    expect((await fetch(`${origin}/main.js`)).status).toBe(200);
    await expect.poll(() => bundlersOf(pid)).toEqual(before);
  },
);

/** The processes of esbuild that a process has started and that still run. */
async function bundlersOf(pid: number): Promise<string[]> {
  const pids = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  const names = pids
    .split(" ")
    .filter(Boolean)
    .map((child) => readFile(`/proc/${child}/comm`, "utf8"));
  return (await Promise.all(names)).filter((name) => name.startsWith("esbuild"));
}

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

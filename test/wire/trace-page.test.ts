// The page of `npm run trace`: it shows what the terminal shows, live, to the browser with the key and to nobody else.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { accessibilityFaults } from "../helpers/accessibility.ts";
import { knock } from "../helpers/control-page.ts";
import { type NodeProcess, startCommand } from "../helpers/node-process.ts";
import { listening, tokenFor, verify } from "../helpers/traced-app.ts";
import { closePages, sharedBrowser } from "../helpers/shared-browser.ts";

const http = createServer();
const app = new Server(http);
const clients: Socket[] = [];
const started: NodeProcess[] = [];
let browser: Browser;
let to: string;
let folder: string;

beforeAll(async () => {
  app.use(({ handshake }, next) => {
    try {
      verify(handshake.auth["token"]);
      next();
    } catch {
      next(new Error("unauthorized"));
    }
  });
  app.on("connection", (socket) =>
    socket.on("ask", (answer: (word: string) => void) => answer("yes")),
  );
  to = (await listening(http)).origin;
  folder = await mkdtemp(path.join(tmpdir(), "trace-page-"));
  browser = await sharedBrowser();
});
// Also where a test has failed.
afterEach(async () => {
  for (const trace of started.splice(0)) {
    trace.kill("SIGTERM");
    await trace.ended;
  }
});
afterAll(async () => {
  for (const client of clients) client.close();
  await Promise.all([closePages(), app.close(), rm(folder, { recursive: true })]);
});

async function start(...flags: string[]): Promise<[NodeProcess, string]> {
  const trace = startCommand("trace", [...flags, "--page"]);
  started.push(trace);
  const [, address = ""] = await trace.printed(/^The page is at (\S+)$/m);
  return [trace, address];
}

async function visit(address: string, width: number): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

function connect(url: string, auth: object): Socket {
  const client = io(url, { auth, transports: ["websocket"], forceNew: true, reconnection: false });
  clients.push(client);
  return client;
}

/** Where the wire's chosen step is on the screen. */
async function topOfChosen(page: Page): Promise<number> {
  return (await page.locator('.wire-row[aria-selected="true"]').boundingBox())!.y;
}

it("shows clients as they come, one's wire, and its token; what is read stays where it is", async () => {
  const file = path.join(folder, "trace.json");
  const [trace, address] = await start("--to", to, "--save", file);
  const [, at = ""] = await trace.printed(/^Point your client at (\S+):/m);
  const page = await visit(address, 1300);
  await page.getByText("Nothing has come yet.").waitFor();

  const token = tokenFor(3600);
  const ann = connect(at, { token });
  await ann.emitWithAck("ask");
  await page.locator(".client", { hasText: /#1 ann\s+connected/ }).waitFor();
  await once(connect(at, {}) as never, "connect_error");
  const trouble = page.locator(".trouble", { hasText: "socket.handshake.auth is {} there" });
  await trouble.getByText("auth: { token } in JavaScript").waitFor();
  expect(await trouble.getByRole("link").getAttribute("href")).toBe("/lesson/7");
  await page.getByRole("status").getByText("Trouble: The server refused").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  // With the keyboard: the list is one stop, the arrows choose.
  await page.locator(".client", { hasText: "#1" }).getByRole("radio").focus();
  await page.keyboard.press("Space");
  const rows = page.locator(".wire-row");
  await rows.filter({ hasText: "yes" }).first().waitFor();
  await rows.filter({ hasText: /CONNECT \{"token/ }).click();
  const card = page.locator(".token-card");
  expect(await card.innerText()).toMatch(
    /Expires in (?:59 minutes|1 hour)[^]*HS256[^]*ann Who it is about/,
  );
  expect(await card.getByRole("button").count()).toBe(0);
  const [before, top] = [await rows.count(), await topOfChosen(page)];
  await ann.emitWithAck("ask");
  await rows.nth(before + 1).waitFor();
  expect(await topOfChosen(page)).toBe(top);
  await card.waitFor();
  expect(await page.content()).not.toContain(token.split(".")[2]);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("radio", { name: "events" }).check();
  await rows.filter({ hasText: "handshake" }).first().waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "refused", exact: true }).check();
  await page.getByText("1 more without a refusal.").waitFor();

  // The address has been used; and without a key, nobody is let in.
  const other = await visit(address, 1300);
  await other.getByRole("alert").getByText("was used already").waitFor();
  expect(await other.content()).not.toContain(at);
  const intruder = knock(new URL(address).origin, "AAAAAAAAAAAAAAAAAAAAAA");
  const [refusal] = (await once(intruder as never, "connect_error")) as [Error];
  expect(refusal.message).toMatch(/^This key does not open the sandbox/);

  trace.kill("SIGINT");
  expect((await trace.ended).stderr).toBe("");
  await page.getByText("Who came, and what came of it").waitFor();
  await page.locator(".trace-sum", { hasText: '✗ CONNECT refused: "unauthorized"' }).waitFor();
  await page.getByText("The trace is not reachable.").waitFor();
  await page.locator(".client", { hasText: "#2" }).click();
  await page.getByText("Its steps went with the trace.").waitFor();

  // The file opens the same, on a narrow screen with one thing at a time.
  const [saved, savedAddress] = await start("--read", file);
  const narrow = await visit(savedAddress, 390);
  await narrow.getByText("Who came, and what came of it").waitFor();
  await narrow.locator(".client", { hasText: "#2" }).click();
  await narrow.locator(".wire-row", { hasText: "CONNECT_ERROR" }).waitFor();
  expect(await narrow.locator("#client-title").evaluate((title) => title.matches(":focus"))).toBe(
    true,
  );
  expect(await accessibilityFaults(narrow)).toEqual([]);
  await narrow.keyboard.press("Escape");
  await narrow.locator(".client", { hasText: "#1 ann" }).waitFor();
  saved.kill("SIGINT");
  expect(await saved.ended).toMatchObject({ stderr: "", code: 130 });
}, 60_000);

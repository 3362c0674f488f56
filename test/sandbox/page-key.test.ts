// Who gets a page's key or pass: the sandbox that knows it already, other tabs of the page by one of their own, and nobody else.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { Server } from "socket.io";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { skipAll } from "../../scripts/model/outcome.ts";
import { GOOD_ACT } from "../helpers/good-act.ts";
import { listen } from "../../scripts/lab/wire/listening.ts";
import { lastingPort } from "../helpers/lasting-port.ts";
import type { StoredPass } from "../../scripts/sandbox/keys.ts";
import { portIn } from "../../scripts/sandbox/own-address.ts";
import { openSandbox, type Sandbox, type SandboxOptions } from "../../scripts/sandbox/sandbox.ts";
import { forwardHttp } from "../helpers/forwarders.ts";
import { canOpenTls } from "../helpers/tls-in-browser.ts";
import { sharedBrowser } from "../helpers/shared-browser.ts";

let browser: Browser;
let context: BrowserContext;
const open: { close: () => Promise<unknown> }[] = [];

beforeAll(async () => {
  browser = await sharedBrowser();
});
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await openSandbox({
    startsAhead: false,
    onMistake: (error) => {
      throw error;
    },
    ...options,
  });
  open.push(sandbox);
  return sandbox;
}

/** Opens a page in a browser of its own. */
async function visit(address: string): Promise<Page> {
  context = await browser.newContext({ reducedMotion: "reduce" });
  open.push(context);
  return visitToo(address);
}

/** Opens a further tab of the same browser. */
async function visitToo(address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Resolves once the page is let in, or asks for a key. @returns which of the two */
async function isIn(page: Page): Promise<boolean> {
  await page.locator(".connection-connected, .connection-locked").waitFor();
  return page.locator(".connection-connected").isVisible();
}

describe("the printed address", () => {
  it("opens one browser, and leaves nothing behind that opens another", async () => {
    const sandbox = await start();
    const address = sandbox.address("/lesson/3");
    const page = await visit(address);
    await isIn(page);
    expect(page.url()).toBe(`${sandbox.lab.origin}/lesson/3`);
    await page.reload();
    await isIn(page);
    const other = await visit(address);
    await other.getByRole("alert").getByText("was used already").waitFor();
    await other.getByLabel("Address or key").fill(sandbox.address("/"));
    await other.keyboard.press("Enter");
    await isIn(other);
  });

  it("with a path that could be another host's opens the page, which says that it has no such view", async () => {
    const sandbox = await start();
    const page = await visit(sandbox.address("//evil.example/x"));
    expect(await isIn(page)).toBe(true);
    expect(await page.locator("h1").innerText()).toBe("There is no such page");
    expect(new URL(page.url()).origin).toBe(sandbox.lab.origin);
  });

  it("that was used already does no harm to a tab that is in, nor to another one beside it", async () => {
    const sandbox = await start();
    const address = sandbox.address("/");
    const page = await visit(address);
    await isIn(page);
    await page.goto("about:blank");
    await page.goto(address);
    await isIn(page);
    // The same path, so that the page is not loaded again: it gets the key while it is in.
    await page.goto(address);
    await expect.poll(() => page.url()).not.toContain("key=");
    await page.locator(".connection-connected").waitFor();
    const other = await visitToo(address);
    await other.locator(".connection-connected").waitFor();
    expect([await isIn(page), await isIn(other)]).toEqual([true, true]);
  });
});

describe("code of this origin that is not the page's", () => {
  it("hears of no key, and is let in by no tab", async () => {
    const sandbox = await start();
    const page = await visit(sandbox.address("/"));
    await isIn(page);
    const server = { variant: "cjs", auth: "payload", serverTransports: ["polling"] } as const;
    await sandbox.lab.run({ ...server, acts: [GOOD_ACT] }, async ({ prefix }) => {
      const demo = await visitToo(`${sandbox.lab.origin}${prefix}/`);
      await demo.getByRole("heading").first().waitFor();
      expect(await demo.evaluate(ATTACK)).toEqual({
        kept: 0,
        hasName: false,
        isNewTabShut: true,
      });
      const tab = await visitToo(`${sandbox.lab.origin}/sandbox`);
      await isIn(tab);
      expect(await demo.evaluate("heard")).toEqual([]);
      return skipAll([GOOD_ACT], "the page was only visited");
    });
  });
});

/** Runs in a page of a demo server: looks wherever a key could be, asks for one, and listens. */
const ATTACK = `(async () => {
  globalThis.heard = [];
  for (const name of ["tabs", "sandbox key", "sandbox pass"]) {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => heard.push(data);
    channel.postMessage({ asks: "me" });
    channel.postMessage({ isOpen: true });
  }
  const html = await (await fetch("/", { headers: { "Sec-Fetch-Dest": "document" } })).text();
  const tab = window.open("/");
  await new Promise((resolve) => {
    const look = setInterval(() => {
      if (tab !== null && !tab.closed) return;
      clearInterval(look);
      resolve();
    }, 20);
  });
  return {
    kept: sessionStorage.length + localStorage.length,
    hasName: html.includes('name="tabs"'),
    isNewTabShut: tab === null || tab.closed,
  };
})()`;

interface Stranger {
  /** All that came: the first lines of requests, and the messages of websockets. */
  readonly got: string[];
  /** Resolves once the page has asked this often whether this is the sandbox. */
  asked(times: number): Promise<void>;
  close(): Promise<void>;
}

/** Another program that takes the port of a sandbox which has ended, and speaks its protocol. */
async function takePort(
  port: number,
  answerProof: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Stranger> {
  const got: string[] = [];
  const server = createServer((request, response) => {
    got.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    if (!request.url!.startsWith("/control/proof")) return void response.end("Welcome!");
    answerProof(request, response);
    server.emit("asked");
  });
  const io = new Server(server, { path: "/control/socket.io" });
  io.engine.on(
    "connection",
    (session: { on: (name: string, note: (data: unknown) => void) => void }) =>
      session.on("message", (data) => got.push(String(data))),
  );
  const listening = await listen(server, port, "127.0.0.1");
  return {
    got,
    async asked(times) {
      for (let asked = 0; asked < times; asked += 1) await once(server, "asked");
    },
    close: () => listening.stop(),
  };
}

describe("somebody else at the port of a sandbox that has ended", () => {
  it.each<
    [string, (to: Sandbox) => Promise<(request: IncomingMessage, response: ServerResponse) => void>]
  >([
    ["knows no proof", async () => (_request, response) => response.end("{}")],
    [
      "invents a proof",
      async () => (_request, response) =>
        response.end(JSON.stringify({ proof: "A".repeat(43), error: undefined })),
    ],
    [
      "hands the question on to the sandbox, which is at another port by now and knows the pass",
      async (to) => (request, response) => {
        const url = new URL(request.url!, to.lab.origin);
        url.searchParams.set("origin", to.lab.origin);
        void fetch(url).then(async (answer) => response.end(await answer.text()));
      },
    ],
  ])("gets nothing that opens it: %s", async (_what, answerWith) => {
    let passes: readonly StoredPass[] = [];
    const onPasses = async (all: readonly StoredPass[]): Promise<void> => void (passes = all);
    const port = await lastingPort();
    const first = await start({ port, onPasses });
    const page = await visit(first.address("/sandbox"));
    await isIn(page);
    const pass = await page.evaluate<string>("sessionStorage['sandbox pass']");
    expect(pass).toMatch(/^[\w-]{22}$/);
    await first.close();

    const moved = await start({ passes });
    const stranger = await takePort(port, await answerWith(moved));
    open.push(stranger);
    await stranger.asked(3);
    await page.locator(".connection-lost").waitFor();
    expect(stranger.got.join("\n")).not.toContain(pass);
    expect(stranger.got.filter((line) => line.startsWith("40"))).toEqual([]);

    await stranger.close();
    await start({ port, passes, onPasses });
    await isIn(page);
    expect(await page.evaluate("sessionStorage['sandbox pass']")).not.toBe(pass);
  });
});

describe("behind a proxy that was not named", () => {
  it.runIf(canOpenTls)("a page that is loaded all the same says what to do", async () => {
    const proxy = await forwardHttp("https", (headers, { to }) => ({
      ...headers,
      host: `127.0.0.1:${to}`,
    }));
    open.push({ close: () => proxy.stop() });
    const sandbox = await start();
    proxy.to = portIn(sandbox.lab.origin);
    context = await browser.newContext({ ignoreHTTPSErrors: true });
    open.push(context);
    const page = await visitToo(`${proxy.origin}/${new URL(sandbox.address("/")).hash}`);
    expect(await page.getByRole("alert").innerText()).toContain("start it with --public-origin");
  });

  it("a page whose websockets do not get through says so", async () => {
    const proxy = await forwardHttp("http", (headers) => ({
      ...headers,
      upgrade: undefined,
      connection: undefined,
    }));
    open.push({ close: () => proxy.stop() });
    const sandbox = await start({ publicOrigin: proxy.origin });
    proxy.to = portIn(sandbox.lab.origin);
    const page = await visit(sandbox.address("/"));
    expect(await page.getByRole("alert").innerText()).toContain("must let websockets through");
  });
});

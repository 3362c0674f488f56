// The page at another address than the one that the sandbox listens at: `localhost`, a forwarded port, proxies.
import { equal } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { portIn } from "../../scripts/sandbox/own-address.ts";
import { type Forwarder, forwardBytes, forwardHttp } from "../helpers/forwarders.ts";
import { ownShows, runLesson } from "../page/visit/site.ts";
import { canOpenTls } from "../helpers/tls-in-browser.ts";
import { sharedBrowser } from "../helpers/shared-browser.ts";

let browser: Browser;
const open: (Sandbox | { close: () => Promise<void> })[] = [];
const mistakes: unknown[] = [];

beforeAll(async () => {
  browser = await sharedBrowser();
});
afterEach(async () => {
  for (const each of [...browser.contexts(), ...open.splice(0).toReversed()]) await each.close();
  equal(mistakes.length, 0);
});

async function openOwn(publicOrigin?: string): Promise<Sandbox> {
  const sandbox = await openSandbox({
    publicOrigin,
    startsAhead: false,
    onMistake: (error) => mistakes.push(error),
  });
  open.push(sandbox);
  return sandbox;
}

async function visit(address: string): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** A sandbox behind this forwarder. */
async function openBehind(forwarder: Forwarder, publicOrigin?: string): Promise<Sandbox> {
  open.push({ close: () => forwarder.stop() });
  const sandbox = await openOwn(publicOrigin);
  forwarder.to = portIn(sandbox.lab.origin);
  return sandbox;
}

type Scheme = "http" | "https";

const WAYS: [string, Scheme, (scheme: Scheme) => Promise<Forwarder>][] = [
  ["a forwarded port", "http", forwardBytes],
  [
    "a proxy that ends TLS and keeps Host and Origin",
    "https",
    (scheme) => forwardHttp(scheme, (headers) => headers),
  ],
  [
    "a proxy that ends TLS, changes Host and keeps Origin",
    "https",
    (scheme) => forwardHttp(scheme, (headers, { to }) => ({ ...headers, host: `127.0.0.1:${to}` })),
  ],
  [
    "a proxy that changes Host and Origin to the sandbox's own",
    "http",
    (scheme) =>
      forwardHttp(scheme, (headers, { to }) => {
        const host = `127.0.0.1:${to}`;
        return { ...headers, host, origin: headers["origin"] && `http://${host}` };
      }),
  ],
  [
    "a dev tunnel, which changes Host and Origin to localhost without a port",
    "https",
    (scheme) =>
      forwardHttp(scheme, (headers) => {
        const origin = headers["origin"] && "http://localhost";
        return { ...headers, host: "localhost", origin };
      }),
  ],
];

it("at localhost, lesson 3 has the outcomes that it says", async () => {
  const sandbox = await openOwn();
  const page = await visit(sandbox.address("/lesson/3").replace("127.0.0.1", "localhost"));
  await runLesson(page);
  expect(await page.innerText(".result-bar")).toContain("Results: all 18 match the lesson.");
});

function canTry(scheme: Scheme): boolean {
  return scheme === "http" || canOpenTls;
}

describe.each(WAYS)("behind %s", (_what, scheme, start) => {
  it.runIf(canTry(scheme))(
    "the address that is printed leads to a page whose attempts all come through",
    async () => {
      const forwarder = await start(scheme);
      const sandbox = await openBehind(forwarder, forwarder.origin);
      expect(new URL(sandbox.address("/")).origin).toBe(forwarder.origin);
      const page = await visit(sandbox.address("/sandbox"));
      await ownShows(page, "browser", "john, polling→websocket");
      await ownShows(page, "node", "john, polling→websocket");
      // Of a handshake on a websocket, a server checks the Origin.
      const query = "auth=payload&credential=payload&transports=websocket";
      await page.goto(`${forwarder.origin}/sandbox?${query}`);
      await ownShows(page, "browser", "john, websocket");
    },
  );
});

describe("without --public-origin", () => {
  it.each(WAYS.filter(([what, scheme]) => !what.includes("changes Host") && canTry(scheme)))(
    "%s leads to one sentence that says what to do",
    async (_what, scheme, start) => {
      const forwarder = await start(scheme);
      const sandbox = await openBehind(forwarder);
      const { hash } = new URL(sandbox.address("/"));
      const page = await visit(`${forwarder.origin}/lesson/3${hash}`);
      expect(await page.innerText("body")).toMatch(/start it with --public-origin/);
    },
  );
});

// The guide's client page in a real browser: who connects sees it, and who does not sees why. It is one page for
// all variants: that each serves it, and that their answers are the same in each mode, the conformance cases say.
import { deepEqual } from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startNodes } from "../../scripts/lab/servers/nodes.ts";
import {
  type RunningVariant,
  startVariant,
  type VariantSettings,
} from "../../scripts/lab/servers/process.ts";
import { accessibilityFaults } from "../helpers/accessibility.ts";
import {
  advanceUntil,
  comeBackWithToken,
  logIn,
  SECRET,
  sendNote,
  shown,
  signExpired,
  signForeign,
} from "../helpers/client-page-visit.ts";
import { sharedBrowser } from "../helpers/shared-browser.ts";

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Errors of the page that nobody caught, and what it asked for that its Content-Security-Policy forbids. */
const mistakes: string[] = [];
/** Those that a test ends, or starts at a port of its own. */
const ownServers: RunningVariant[] = [];
/** The others, by what they were started with: a test leaves nothing in them that the next one would see. */
const sharedServers = new Map<string, Promise<RunningVariant>>();

beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(async () => {
  const shared = await Promise.all(sharedServers.values());
  await Promise.all(shared.map((server) => server.stop()));
});

beforeEach(async () => {
  context = await browser.newContext();
  context.on("weberror", (error) => mistakes.push(error.error().message));
  context.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) mistakes.push(message.text());
  });
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  // By then the page has had its outcome.
  deepEqual(mistakes.splice(0), []);
  await Promise.all(ownServers.splice(0).map((server) => server.stop()));
});

function serve(settings: VariantSettings = {}): Promise<RunningVariant> {
  const key = JSON.stringify(settings);
  const running = sharedServers.get(key) ?? startVariant("cjs", { secret: SECRET, ...settings });
  sharedServers.set(key, running);
  return running;
}

async function serveAlone(port = 0): Promise<RunningVariant> {
  const server = await startVariant("cjs", { secret: SECRET, port });
  ownServers.push(server);
  return server;
}

/** Logs in on the page of a server and waits until it is connected. */
async function connect(url: string): Promise<void> {
  await page.goto(url);
  await logIn(page);
  await shown(page, "status", "Connected");
}

describe("the client page", () => {
  it("refuses a wrong password, connects as john, logs out, and says that a token has expired", async () => {
    const { url } = await serve();
    await page.goto(url);
    await logIn(page, "wrong");
    await shown(page, "problem", "Wrong username or password.");
    await logIn(page);
    expect(await shown(page, "status", "Connected")).toBe("Connected");
    expect(await shown(page, "user", /\w/)).toBe("john");
    expect(await shown(page, "socket-id", /\w/)).toMatch(/^[\w-]{20}$/);
    expect(await shown(page, "transport", "websocket")).toBe("websocket");
    expect(await shown(page, "users", /\w/)).toBe("john (id 1)");
    const token = await page.evaluate(() => localStorage.getItem("token for /"));
    const logout = page.waitForResponse(new URL("/logout", url).href);
    await page.getByRole("button", { name: "Log out" }).click();
    expect(await shown(page, "status", "Not")).toBe("Not logged in");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect((await logout).status()).toBe(204);
    const headers = { Authorization: `Bearer ${token}` };
    expect((await fetch(new URL("/self", url), { headers })).status).toBe(401);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("username");
    await comeBackWithToken(page, signExpired());
    expect(await shown(page, "problem", "expired")).toContain("Log in again");
    expect(await page.locator("#log-in").isVisible()).toBe(true);
  });

  it("says why websocket only fails with a header", async () => {
    await page.goto((await serve({ transports: ["websocket"] })).url);
    await logIn(page);
    const problem = await shown(page, "problem", "The token cannot reach the server");
    expect(problem).toContain("A browser cannot set headers on a websocket.");
    expect(await shown(page, "status", "Not")).toBe("Not connected");
  });

  it("connects with websocket only if the token travels in the payload", async () => {
    await page.goto((await serve({ auth: "payload", transports: ["websocket"] })).url);
    await logIn(page);
    expect(await shown(page, "transport", /\w/)).toBe("websocket");
  });

  it("asks for a new log-in when the token expires while it is connected", async () => {
    const server = await startVariant("cjs", { secret: SECRET, lifetimeSeconds: 3 });
    ownServers.push(server);
    await connect(server.url);
    expect(await shown(page, "problem", "The token has expired")).toContain("Log in again");
    expect(await shown(page, "status", "Not")).toBe("Not connected");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await page.locator("#log-in").isVisible()).toBe(true);
  });

  it("connects with polling only", async () => {
    await page.goto((await serve({ transports: ["polling"] })).url);
    await logIn(page);
    expect(await shown(page, "transport", /\w/)).toBe("polling");
  });

  it("continues after a reload with the token that it stored", async () => {
    await connect((await serve()).url);
    await page.reload();
    expect(await shown(page, "user", /\w/)).toBe("john");
  });

  it("says that a token was refused, of any kind", async () => {
    await page.goto((await serve()).url);
    // The last one has claims that are JSON, but no object.
    for (const token of [signForeign(), "", "no token", "a.b.c", "e30.bnVsbA.x"]) {
      await comeBackWithToken(page, token);
      expect(await shown(page, "problem", "The token was refused")).toContain("Log in again");
      // It is kept no longer: what is said is about this one.
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
    }
  });

  it("shows a note to its user as text, in every tab; says that another is not connected; logs out in every tab at once", async () => {
    // It counts the connections, and those of the test before may only just be ending.
    const { url } = await serveAlone();
    await connect(url);
    const other = await context.newPage();
    await other.goto(url);
    await shown(other, "status", "Connected");
    const text = "<img src=x onerror=alert(1)>";
    await sendNote(page, text);
    expect(await shown(page, "sent", /\w/)).toBe("Sent. Connections of this user: 2.");
    for (const tab of [page, other])
      expect(await shown(tab, "received", /\w/)).toBe(`john: ${text}`);
    await page.getByLabel("To the user with the id").fill("7");
    await sendNote(page, "Anybody there?");
    expect(await shown(page, "sent", /This/)).toBe("This user is not connected.");
    await page.getByRole("button", { name: "Log out" }).click();
    expect(await shown(other, "status", "Not")).toBe("Not logged in");
  });

  it("says that not every server has answered, where one of several is silent", async () => {
    const nodes = await startNodes({
      variant: "cjs",
      count: 2,
      settings: { more: { ADAPTER: "cluster" } },
    });
    ownServers.push(...nodes.servers);
    const [server, other] = nodes.servers;
    await connect(server!.url);
    expect(await shown(page, "users", /\w/)).toBe("john (id 1)");
    process.kill(other!.pid, "SIGSTOP");
    await page.getByRole("button", { name: "Look again" }).click();
    await sendNote(page, "Anybody there?");
    for (const part of ["sent", "users"])
      expect(await shown(page, part, /Not/)).toBe("Not every server has answered.");
    expect(await shown(page, "received", /\w/)).toBe("john: Anybody there?");
    process.kill(other!.pid, "SIGCONT");
  });

  it("logs out where the token is in a cookie: its server deletes that", async () => {
    const { url } = await serve({ auth: "cookie" });
    await connect(url);
    expect(await context.cookies()).toHaveLength(1);
    await page.getByRole("button", { name: "Log out" }).click();
    await shown(page, "status", "Not logged in");
    await expect.poll(() => context.cookies()).toEqual([]);
    expect(await page.locator("#problem").isVisible()).toBe(false);
  });

  it("says that it was logged out elsewhere, and does not come back", async () => {
    const { url } = await serve();
    await connect(url);
    const token = await page.evaluate(() => localStorage.getItem("token for /"));
    const headers = { Authorization: `Bearer ${token}` };
    await fetch(new URL("/logout", url), { method: "POST", headers });
    expect(await shown(page, "problem", "Logged out")).toContain("Log in again");
    expect(await page.locator("#status").innerText()).toBe("Not logged in");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  it("says so if the server does not confirm the logout", async () => {
    const server = await serveAlone();
    await connect(server.url);
    await server.stop();
    await page.getByRole("button", { name: "Log out" }).click();
    const problem = await shown(page, "problem", "Logged out in this browser only");
    expect(problem).toContain("a copy of the token is good until it expires");
  });

  it("logs out before the server has said who it takes us for", async () => {
    await page.goto((await serve()).url);
    // As soon as it is connected, and so before any answer.
    await page.evaluate(() => {
      const status = document.querySelector("#status")!;
      new MutationObserver(() => {
        if (status.textContent === "Connected")
          document.querySelector<HTMLButtonElement>("#log-out")!.click();
      }).observe(status, { childList: true, characterData: true, subtree: true });
    });
    await logIn(page);
    expect(await shown(page, "status", "Not logged in")).toBe("Not logged in");
  });

  it("is logged out where another tab clears the storage", async () => {
    const { url } = await serve();
    await connect(url);
    const other = await context.newPage();
    await other.goto(new URL("/no-such-page", url).href);
    await other.evaluate(() => localStorage.clear());
    expect(await shown(page, "status", "Not")).toBe("Not logged in");
  });

  it("says when the token has become too old for another connection", async () => {
    await page.clock.install();
    await connect((await serve()).url);
    expect(await page.locator("#expiry").innerText()).not.toContain("past");
    await page.clock.fastForward("01:00:01");
    await shown(page, "expiry", "past: the next connection is refused");
  });

  it("says that the server does not answer, and connects again when it is back", async () => {
    await page.clock.install();
    const server = await serveAlone();
    await connect(server.url);
    await server.stop();
    await advanceUntil(page.getByText("The server does not answer"));
    await serveAlone(server.port);
    await advanceUntil(page.getByText("Connected", { exact: true }));
    expect(await page.locator("#problem").isVisible()).toBe(false);
  });

  it("stops trying after five times, and offers to try again", async () => {
    await page.clock.install();
    const server = await serveAlone();
    await connect(server.url);
    await server.stop();
    let tries = 0;
    page.on("request", (request) => (tries += request.url().includes("/socket.io/") ? 1 : 0));
    const button = page.getByRole("button", { name: "Try again" });
    await advanceUntil(button);
    expect(tries).toBe(5);
    await serveAlone(server.port);
    await button.click();
    expect(await shown(page, "status", "Connected")).toBe("Connected");
  });

  it("has no fault of accessibility and fits 360 pixels, light and dark", async () => {
    // What looks for faults is itself a script from elsewhere.
    page = await browser.newPage({ bypassCSP: true, viewport: { width: 360, height: 740 } });
    async function faults(): Promise<string[]> {
      const found: string[] = [];
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        found.push(...(await accessibilityFaults(page)));
      }
      return found;
    }
    await page.goto((await serve()).url);
    await logIn(page, "wrong");
    await shown(page, "problem", "Wrong username");
    expect(await faults()).toEqual([]);
    await logIn(page);
    await shown(page, "transport", "websocket");
    expect(await faults()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.close();
  });
});

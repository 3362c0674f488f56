// A page loads and runs its own: its code when it is first shown, its data when it is open, and nothing after it was left.
import { EventEmitter, once } from "node:events";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openSandbox, type Sandbox, type SandboxOptions } from "../../scripts/sandbox/sandbox.ts";
import { sharedBrowser } from "../helpers/shared-browser.ts";

let sandbox: Sandbox;
let browser: Browser;
const mistakes: unknown[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([
    openSandbox({ startsAhead: false, onMistake: (error) => mistakes.push(error) }),
    sharedBrowser(),
  ]);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(() => sandbox.close());

/** Opens a view, and keeps lists of the parts that are fetched and of the calls that are made by and by. */
async function visit(
  path: string,
  of: Sandbox = sandbox,
): Promise<{ page: Page; parts: string[]; calls: string[] }> {
  const page = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
  const parts: string[] = [];
  const calls: string[] = [];
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      const [, name] = /^42\d+\["(\w+)"/.exec(String(payload)) ?? [];
      if (name !== undefined && socket.url().includes("/control/")) calls.push(name);
    });
  });
  page.on("request", (request) => {
    const [, part, style] = /\/parts\/([a-z-]+)-\w+\.js$|\/(\w+\.css)$/.exec(request.url()) ?? [];
    const name = part ?? style;
    if (name !== undefined && !["chunk", "style.css"].includes(name)) parts.push(name);
  });
  await page.goto(of.address(path));
  return { page, parts, calls };
}

it("a lesson that is still to be predicted loads no part, the bench and the comparison load theirs; the focus is on the heading meanwhile", async () => {
  const { page, parts } = await visit("/lesson/3");
  await page.locator(".ask").first().waitFor();
  expect(parts).toEqual([]);
  const gate = new EventEmitter<{ open: [] }>();
  // Listened to ahead: the request may come after the gate has opened.
  const opened = once(gate, "open");
  await page.route(/parts\/bench-/, async (route) => {
    await opened;
    await route.continue();
  });
  await page.getByRole("link", { name: "Bench", exact: true }).click();
  const focused = page.locator("h1:focus");
  await focused.filter({ hasText: "Token bench" }).waitFor();
  expect(await page.locator(".main-bench textarea").count()).toBe(0);
  gate.emit("open");
  await page.locator(".main-bench textarea").first().waitFor();
  expect(await focused.textContent()).toBe("Token bench");
  expect(parts.toSorted()).toEqual(["bench", "bench.css"]);
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await page.locator(".main-compare").getByRole("tab").first().waitFor();
  expect(parts.toSorted()).toEqual(["bench", "bench.css", "compare", "compare.css"]);
  expect(mistakes).toEqual([]);
});

it("what does not come says what helps", async () => {
  const { page } = await visit("/lesson/3");
  await page.locator(".ask").first().waitFor();
  // Of the one the code is missing, of the other the style.
  await page.route(/bench-|lesson\.css/, (route) => route.abort());
  await page.getByRole("link", { name: "Sandbox", exact: true }).click();
  await page.getByText("The outcomes could not be loaded.").waitFor();
  await page.getByRole("link", { name: "Bench", exact: true }).click();
  await page.getByText("This page could not be loaded.").waitFor();
  await page.unrouteAll();
  await page.reload();
  await judged(page);
  expect(await page.locator(".banner").count()).toBe(0);
});

it("what shows outcomes comes with the first run, and nothing of it is seen without its style", async () => {
  const { page, parts } = await visit("/lesson/3");
  await page.locator(".ask").first().waitFor();
  const gate = new EventEmitter<{ open: [] }>();
  const opened = once(gate, "open");
  await page.route(/\/wire\.css/, async (route) => {
    await opened;
    await route.continue();
  });
  const asked = page.waitForRequest(/\/wire\.css/);
  await page.getByRole("button", { name: /^Run without/ }).press("Enter");
  await asked;
  await page.locator("#matrix-title:focus", { hasText: "What each client got" }).waitFor();
  expect(await page.locator(".matrix, wire-view").count()).toBe(0);
  gate.emit("open");
  await page.locator("wire-view").getByRole("option").first().waitFor();
  expect(await page.locator("#matrix-title:focus").count()).toBe(1);
  expect(parts.toSorted()).toEqual(["do-acts", "lesson.css", "results", "wire.css"]);
});

/** Waits for the verdicts on a token that the bench has asked for. */
async function judged(page: Page): Promise<void> {
  await page.locator(".verdicts[aria-busy=false] .verdict-card").first().waitFor();
}

it("a flip loads and runs what the open page shows, and nothing for another one", async () => {
  const { page, calls } = await visit("/lesson/3");
  await page.locator(".ask").first().waitFor();
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await page.locator(".run.is-different").first().waitFor();
  await page.getByRole("link", { name: "Bench", exact: true }).click();
  await judged(page);
  calls.length = 0;
  await page.keyboard.press("t");
  await page.waitForURL(/serverTransports=websocket/);
  await judged(page);
  // Not shown on this page, and so not flipped by its key.
  await page.keyboard.press("a");
  expect(page.url()).not.toContain("auth=");
  expect(calls).toEqual(["tokenNamed", "bench"]);
});

it("a lesson that is left in the middle of a run begins no further attempt", async () => {
  const { page, calls } = await visit("/lesson/1");
  const count = (wanted: string): number => calls.filter((name) => name === wanted).length;
  await page.locator(".ask").first().waitFor();
  // The requests of the browser's attempts wait, so that the lesson is still running when it is left.
  const gate = new EventEmitter<{ open: [] }>();
  const opened = once(gate, "open");
  await page.route(/\/attempt\//, async (route) => {
    await opened;
    await route.continue();
  });
  await page.keyboard.press("r");
  await page.locator(".outcome:not(.outcome-waiting)").first().waitFor();
  await page.getByRole("link", { name: "Bench", exact: true }).click();
  await judged(page);
  gate.emit("open");
  await expect.poll(() => count("settle")).toBe(count("prepare"));
  const after = calls.slice(calls.indexOf("tokenNamed"));
  expect(after.filter((name) => name !== "settle")).toEqual(["tokenNamed", "bench"]);
  // The lesson has 16 cells.
  expect(count("prepare") + count("runNode")).toBeLessThan(16);
});

it("a page that cannot be loaded says so, and comes once the sandbox is reachable again", async () => {
  let passes: NonNullable<SandboxOptions["passes"]> = [];
  const openAt = (port: number): Promise<Sandbox> =>
    openSandbox({
      port,
      passes,
      onPasses: async (given) => void (passes = given),
      startsAhead: false,
      onMistake: (error) => mistakes.push(error),
    });
  let own = await openAt(0);
  const port = Number(new URL(own.lab.origin).port);
  try {
    const { page, parts } = await visit("/lesson/3", own);
    await page.locator(".ask").first().waitFor();
    await own.close();
    await page.getByRole("alert").filter({ hasText: "not reachable" }).waitFor();
    await page.getByRole("link", { name: "Bench", exact: true }).click();
    await page.getByText("once the sandbox is reachable again").waitFor();
    expect(await page.locator("h1").textContent()).toBe("Token bench");
    own = await openAt(port);
    await judged(page);
    expect(new Set(parts)).toEqual(new Set(["bench", "bench.css"]));
  } finally {
    await own.close();
  }
  expect(mistakes).toEqual([]);
});

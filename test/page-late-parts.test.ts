// The first view loads only what it shows; the rest comes when it is asked for, and the keyboard does not lose its place.
import { EventEmitter, once } from "node:events";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../scripts/sandbox/sandbox.ts";
import { launchBrowser } from "../scripts/lab/browser/playwright-browser.ts";

let sandbox: Sandbox;
let browser: Browser;
const mistakes: unknown[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([
    openSandbox({ startsAhead: false, onMistake: (error) => mistakes.push(error) }),
    launchBrowser(),
  ]);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(() => Promise.all([browser.close(), sandbox.close()]));

/** Opens a view, and keeps a list of the parts that are fetched by and by. */
async function visit(path: string): Promise<{ page: Page; parts: string[] }> {
  const page = await (await browser.newContext()).newPage();
  const parts: string[] = [];
  page.on("request", (request) => {
    const [, name] = /\/parts\/([a-z-]+)-\w+\.js$/.exec(request.url()) ?? [];
    if (name !== undefined && name !== "chunk") parts.push(name);
  });
  await page.goto(sandbox.address(path));
  return { page, parts };
}

it("a lesson that is still to be predicted loads no part, and the bench and the comparison load theirs", async () => {
  const { page, parts } = await visit("/lesson/3");
  await page.locator(".predict").first().waitFor();
  expect(parts).toEqual([]);
  await page.getByRole("link", { name: "Bench", exact: true }).click();
  await page.locator(".main-bench textarea").first().waitFor();
  expect(parts).toEqual(["bench"]);
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await page.locator(".main-compare").getByRole("tab").first().waitFor();
  expect(parts).toEqual(["bench", "compare"]);
  expect(mistakes).toEqual([]);
});

it("the focus is on the heading of a page that has just been loaded", async () => {
  const { page } = await visit("/lesson/3");
  await page.locator(".predict").first().waitFor();
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
});

it("the wire comes with the first outcome", async () => {
  const { page, parts } = await visit("/sandbox");
  await page.locator("wire-view").getByRole("option").first().waitFor();
  expect(parts.toSorted()).toEqual(["refusal-lens", "wire-element"]);
});

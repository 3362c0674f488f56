// The compare page as a person uses it, in a real browser.
import { deepEqual } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { accessibilityFaults } from "../helpers/accessibility.ts";
import { closePages, sharedBrowser } from "../helpers/shared-browser.ts";

let sandbox: Sandbox;
let browser: Browser;
const mistakes: unknown[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  sandbox = await openSandbox({ startsAhead: false, onMistake: (error) => mistakes.push(error) });
  browser = await sharedBrowser();
});
afterEach(() => {
  deepEqual({ complaints: complaints.splice(0), mistakes }, { complaints: [], mistakes: [] });
});
afterAll(async () => {
  await closePages();
  await sandbox.close();
});

interface Window {
  width?: number;
  colorScheme?: "light" | "dark";
  /** What looks for faults is itself a script from elsewhere. */
  bypassCSP?: boolean;
}

/** One for all tests that may have the same. */
const pages = new Map<boolean, Promise<Page>>();

async function newPage(bypassCSP: boolean): Promise<Page> {
  const page = await (await browser.newContext({ bypassCSP })).newPage();
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return page;
}

/** Shows a file with nothing chosen: loads the page, unless it is there already. */
async function open(
  path: string,
  { width = 1440, colorScheme = "light", bypassCSP = false }: Window = {},
): Promise<Page> {
  pages.set(bypassCSP, pages.get(bypassCSP) ?? newPage(bypassCSP));
  const page = await pages.get(bypassCSP)!;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const { pathname, search } = new URL(page.url());
  if (pathname + search === path) {
    await page.keyboard.press("Escape");
    return page;
  }
  await page.goto("about:blank");
  await page.goto(sandbox.address(path));
  await page.locator(".run.is-different").first().waitFor();
  return page;
}

/** The texts of the marked rows, by their kind. */
function whyOf(page: Page): Promise<string> {
  return page.getByRole("region", { name: "Why it differs" }).innerText();
}

/** What the columns are called, without the button that copies one. */
async function headsOf(page: Page): Promise<string[]> {
  const texts = await page.getByRole("columnheader").allInnerTexts();
  return texts.map((text) => text.replace(/\s+Copy$/, ""));
}

describe("the compare page", () => {
  it("shows a file in three columns, a row for each line, with the number of each line", async () => {
    const page = await open("/compare/tokens");
    const heads = await headsOf(page);
    expect(heads).toEqual(["Difference", "cjs/tokens.cjs", "esm/tokens.mjs", "ts/tokens.ts"]);
    const row = page.getByRole("row").filter({ hasText: "createSecretKey }" });
    expect(await row.locator(".number").allInnerTexts()).toEqual(["3", "3", "3"]);
    expect(await row.locator(".code").allInnerTexts()).toEqual([
      'const { createSecretKey } = require("node:crypto");',
      'import { createSecretKey } from "node:crypto";',
      'import { createSecretKey } from "node:crypto";',
    ]);
    expect(await row.locator(".code").first().locator("mark").allInnerTexts()).toEqual([
      "const",
      "= require(",
      ")",
    ]);
  });

  it("says why a row differs, by pointer, by choice and by keyboard", async () => {
    const page = await open("/compare/tokens");
    expect(await whyOf(page)).toContain("Point at a difference");
    await page.getByText("export type Tokens").hover();
    expect(await whyOf(page)).toContain("erased before the program runs");
    await page.getByText('require("node:crypto")').click();
    expect(await whyOf(page)).toContain("Modules load by require in CommonJS");
    const second = page.getByRole("button", { name: "loading, default, types", exact: true });
    await second.focus();
    expect(await whyOf(page)).toMatch(/Modules load by[^]*erased before/);
    await page.keyboard.press("Escape");
    expect(await whyOf(page)).toContain("Point at a difference");
  });

  it("goes to the next and the previous difference by n and p, and only to those of a chosen kind", async () => {
    const page = await open("/compare/tokens");
    const chosen = page.locator(".run.is-current");
    await page.keyboard.press("n");
    await page.keyboard.press("n");
    expect(await chosen.innerText()).toContain("jsonwebtoken");
    expect(await page.locator(":focus").innerText()).toContain("loading, default, types");
    await page.keyboard.press("p");
    expect(await chosen.innerText()).toContain("node:crypto");
    await page.keyboard.press("p");
    expect(await chosen.innerText()).toContain("module.exports");
    // At the end of the file the names of the columns are still in sight, above the code.
    await page.setViewportSize({ width: 1440, height: 500 });
    await chosen.scrollIntoViewIfNeeded();
    const names = await page.getByRole("columnheader", { name: "ts/tokens.ts" }).boundingBox();
    const code = await chosen.boundingBox();
    expect(names!.y).toBeGreaterThanOrEqual(0);
    expect(names!.y + names!.height).toBeLessThanOrEqual(code!.y);
    await page.getByRole("button", { name: /^exports \d/ }).click();
    expect(await chosen.innerText()).toContain("export function createTokens");
    await page.keyboard.press("n");
    expect(await chosen.innerText()).toContain("module.exports");
    expect(await chosen.locator("button").isVisible()).toBe(true);
    await page.keyboard.press("n");
    expect(await chosen.innerText()).toContain("export function createTokens");
  });

  it("goes from file to file with the arrow keys; back and reload come to the same file", async () => {
    const page = await open("/compare/tokens");
    await page.getByRole("tab", { name: "tokens" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("cjs/user-rooms.cjs").waitFor();
    expect(await page.locator(":focus").innerText()).toBe("user-rooms");
    await page.keyboard.press("End");
    await page.getByText("cjs/passport.cjs").waitFor();
    await page.keyboard.press("ArrowRight");
    const first = await page.getByRole("tab").first().innerText();
    await page.getByText(`cjs/${first}.cjs`).waitFor();
    await page.goBack();
    await page.getByText("cjs/passport.cjs").waitFor();
    await page.reload();
    await page.getByText("cjs/passport.cjs").waitFor();
    expect(new URL(page.url()).pathname).toBe("/compare/auth");
  });

  it("puts passport beside manual, in the chosen format", async () => {
    const page = await open("/compare/auth");
    await page.getByRole("radio", { name: "ts", exact: true }).check();
    await page.getByText("ts/passport.ts").waitFor();
    expect(await headsOf(page)).toEqual(["Difference", "ts/passport.ts", "ts/manual.ts"]);
    expect(page.url()).toContain("variant=ts");
    await page.keyboard.press("n");
    expect(await whyOf(page)).toContain("Each needs its own packages");
  });

  it("folds lines that are the same, and opens a fold", async () => {
    const page = await open("/compare/app");
    const line = page.getByText("frame-ancestors").first();
    expect(await line.isVisible()).toBe(true);
    await page.getByRole("button", { name: "Fold equal lines" }).click();
    await line.waitFor({ state: "detached" });
    const folds = page.getByRole("button", { name: /lines, the same in all/ });
    for (const fold of (await folds.all()).toReversed()) await fold.click();
    await line.waitFor();
    await page
      .getByRole("button", { name: /^.*Fold \d+ lines again/ })
      .last()
      .click();
    await folds.waitFor();
  });

  it("has two columns on a small window, and one with the lines below each other on a phone", async () => {
    const page = await open("/compare/tokens", { width: 1024 });
    expect(await page.getByRole("columnheader").count()).toBe(3);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByText("a line without a name is the same in all").waitFor();
    const run = page.locator(".run", { hasText: "jsonwebtoken" });
    expect(await run.locator(".names").allInnerTexts()).toEqual(["cjs", "esm", "ts"]);
    const first = page.locator(".run", { hasText: "node:crypto" });
    expect(await first.locator(".names").allInnerTexts()).toEqual(["cjs", "esm ts"]);
  });

  it("shows the two formats that are chosen, and no kind that is not between them", async () => {
    const page = await open("/compare/tokens");
    await page.getByRole("radio", { name: "esm ts" }).check();
    await page.getByText("cjs/tokens.cjs").waitFor({ state: "detached" });
    expect(await page.getByRole("columnheader").count()).toBe(3);
    const kinds = page.getByRole("group", { name: "Kinds of difference" }).getByRole("button");
    expect(await kinds.allInnerTexts()).toEqual([
      expect.stringMatching(/^types/),
      expect.stringMatching(/^note/),
    ]);
  });

  it("lists the files there are if the address names another one", async () => {
    const page = await open("/compare/tokens");
    await page.goto(`${sandbox.lab.origin}/compare/nothing`);
    expect(await page.getByRole("alert").innerText()).toMatch(/no file "nothing".*tokens/);
    await page.getByRole("tab", { name: "checks" }).click();
    await page.getByText("cjs/checks.cjs").waitFor();
  });

  it.each([
    ["/compare/handshake", [1440]],
    ["/compare/auth", [360, 1024]],
  ] as const)(
    "%s at %j pixels: has no fault of accessibility, light and dark, and fits",
    async (path, widths) => {
      const page = await open(path, { width: widths[0], bypassCSP: true });
      await page.keyboard.press("n");
      await page.getByRole("button", { name: "Fold equal lines" }).click();
      await page.locator(".run.is-current").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      // Of the other scheme only the colours are new.
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await accessibilityFaults(page, { rules: ["color-contrast"] })).toEqual([]);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        // With room for parts that scroll by themselves, the page itself does not.
        const isTall = await page.evaluate("document.documentElement.scrollHeight > innerHeight");
        expect(isTall).toBe(width < 1088);
      }
    },
  );
});

// The compare page as a person uses it, in a real browser; and what it is made of.
import { deepEqual } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { changedPieces } from "../public/sandbox/compare/changed-pieces.ts";
import { readCode } from "../public/sandbox/compare/code-pieces.ts";
import {
  countKinds,
  differencesIn,
  findRuns,
  foldRun,
  nextDifference,
  type Run,
} from "../public/sandbox/compare/runs.ts";
import { compareFile, listFiles } from "../scripts/lab/compare/compare.ts";
import { openSandbox, type Sandbox } from "../scripts/lab/sandbox/sandbox.ts";
import { launchBrowser } from "../scripts/lab/browser/playwright-browser.ts";
import { accessibilityFaults } from "./client-page-visit.ts";

// --- What it is made of ---

describe("code, read for colouring", () => {
  it("loses no character of any file", async () => {
    for (const file of await listFiles()) {
      const { rows } = await compareFile(file);
      for (const column of [0, 1, 2]) {
        const lines = rows.flatMap(({ lines: all }) => all[column] ?? []);
        const read = readCode(lines).map((pieces) => pieces.map(({ text }) => text).join(""));
        expect(read).toEqual(lines);
      }
    }
  });

  it.each([
    ["a comment", 'a(); // "x" is const', '// "x" is const', "comment"],
    ["a string with a comment's sign in it", 'get("http://x");', '"http://x"', "string"],
    ["a string with an escaped quote", String.raw`say("a\"b");`, String.raw`"a\"b"`, "string"],
    ["a regular expression with a quote in it", `text.match(/^["']/)`, `/^["']/`, "string"],
    ["a keyword", "return token;", "return", "keyword"],
  ])("knows %s", (_what, line, text, kind) => {
    expect(readCode([line])[0]).toContainEqual({ text, kind });
  });

  it("takes a property for no keyword, and a division for no regular expression", () => {
    const [line] = readCode(["tokens.default = width / 2 / 3;"]);
    expect(new Set(line!.map(({ kind }) => kind))).toEqual(new Set(["plain"]));
  });

  it("knows a comment that goes over several lines", () => {
    const lines = readCode(["/* one", 'two "', "three */ four()"]);
    expect(lines.map(([first]) => first!.kind)).toEqual(["comment", "comment", "comment"]);
    expect(lines[2]!.at(-1)).toEqual({ text: ")", kind: "plain" });
  });
});

/** The text of what is marked in each line. */
function marked(lines: string[]): string[] {
  const pieces = readCode(lines);
  const marks = changedPieces(pieces);
  return pieces.map((line, at) =>
    line
      .filter((_piece, index) => marks[at]![index])
      .map(({ text }) => text)
      .join("")
      .trim(),
  );
}

describe("the words in which lines differ", () => {
  it("are marked where the rest is the same", () => {
    expect(marked(["function read(claims) {", "function read(claims: Claims): User {"])).toEqual([
      "",
      ": Claims:User",
    ]);
  });

  it("are not marked where the whole line is another one", () => {
    expect(marked(["return refuse(req, res);", "} catch {"])).toEqual(["", ""]);
  });
});

/** Where each run begins, its kinds, and how many rows it has. */
function shape(runs: Run[]): [number, string, number][] {
  return runs.map((run) => [run.start, run.kinds.join(), run.rows.length]);
}

describe("runs", () => {
  const rows = [
    { lines: ["a", "a", "a"], kinds: [] },
    { lines: ["require", "import", "import"], kinds: ["loading"] },
    { lines: ["b", "b", "b: B"], kinds: ["types"] },
    { lines: [undefined, undefined, "type C"], kinds: ["types"] },
    { lines: ["require", "import", "import type"], kinds: ["loading", "types"] },
    { lines: ["d", "d", "d"], kinds: [] },
  ];
  it("are cut where the kinds change", () => {
    expect(shape(findRuns(rows, [0, 1, 2]))).toEqual([
      [0, "", 1],
      [1, "loading", 1],
      [2, "types", 2],
      [4, "loading,types", 1],
      [5, "", 1],
    ]);
  });

  it("of two formats tell only what differs between these two", () => {
    expect(shape(findRuns(rows, [1, 2]))).toEqual([
      [0, "", 2],
      [2, "types", 3],
      [5, "", 1],
    ]);
    expect(shape(findRuns(rows, [0, 1]))).toEqual([
      [0, "", 1],
      [1, "loading", 1],
      [2, "", 1],
      [4, "loading", 1],
      [5, "", 1],
    ]);
  });

  it("keep the number of each line, whichever formats are shown", () => {
    const [, , second] = findRuns(rows, [1, 2]);
    expect(second!.rows[0]!.lines).toEqual([4, 5]);
  });

  it("are counted by kind", () => {
    expect(countKinds(findRuns(rows, [0, 1, 2]), ["exports", "types", "loading"])).toEqual([
      { kind: "types", count: 3 },
      { kind: "loading", count: 2 },
    ]);
  });

  it("are gone through forwards and backwards, round at the end", () => {
    const all = differencesIn(findRuns(rows, [0, 1, 2]), undefined);
    const next = (from: number | undefined, step: 1 | -1): number | undefined =>
      nextDifference(all, from, step)?.start;
    expect([next(undefined, 1), next(1, 1), next(4, 1)]).toEqual([1, 2, 1]);
    expect([next(undefined, -1), next(4, -1), next(1, -1)]).toEqual([4, 2, 4]);
    expect(nextDifference([], undefined, 1)).toBeUndefined();
  });

  it("fold what is far from a difference, and nothing that is short", () => {
    const row = { lines: [0], texts: [""] };
    const run = (length: number): Run => ({
      start: 0,
      kinds: [],
      rows: Array.from({ length }, () => row),
    });
    const hidden = (length: number, isFirst: boolean, isLast: boolean): number =>
      foldRun(run(length), { isFirst, isLast }).hidden.length;
    expect([hidden(9, false, false), hidden(10, false, false)]).toEqual([0, 4]);
    expect([hidden(10, true, false), hidden(10, true, true)]).toEqual([7, 10]);
  });
});

// --- As a person uses it ---

let sandbox: Sandbox;
let browser: Browser;
const mistakes: unknown[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  sandbox = await openSandbox({ onMistake: (error) => mistakes.push(error) });
  browser = await launchBrowser();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  deepEqual({ complaints: complaints.splice(0), mistakes }, { complaints: [], mistakes: [] });
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

interface Window {
  width?: number;
  colorScheme?: "light" | "dark";
  /** What looks for faults is itself a script from elsewhere. */
  bypassCSP?: boolean;
}

async function open(path: string, { width = 1440, ...options }: Window = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(sandbox.address(path));
  await page.locator(".run.is-different").first().waitFor();
  return page;
}

/** The texts of the marked rows, by their kind. */
function whyOf(page: Page): Promise<string> {
  return page.getByRole("region", { name: "Why it differs" }).innerText();
}

describe("the compare page", () => {
  it("shows a file in three columns, a row for each line, with the number of each line", async () => {
    const page = await open("/compare/tokens");
    const heads = await page.getByRole("columnheader").allInnerTexts();
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

  it("says why a row differs to whoever points at it, chooses it or comes by keyboard", async () => {
    const page = await open("/compare/tokens");
    expect(await whyOf(page)).toContain("Point at a difference");
    await page.getByText("export type Tokens").hover();
    expect(await whyOf(page)).toContain("erased before the program runs");
    await page.getByText('require("node:crypto")').click();
    expect(await whyOf(page)).toContain("Modules load by require in CommonJS");
    const second = page.getByRole("button", { name: "loading, types", exact: true });
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
    expect(await page.locator(":focus").innerText()).toContain("loading, types");
    await page.keyboard.press("p");
    expect(await chosen.innerText()).toContain("node:crypto");
    await page.keyboard.press("p");
    expect(await chosen.innerText()).toContain("module.exports");
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
    await page.getByText("cjs/bearer.cjs").waitFor();
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
    expect(await page.getByRole("columnheader").allInnerTexts()).toEqual([
      "Difference",
      "ts/passport.ts",
      "ts/manual.ts",
    ]);
    expect(page.url()).toContain("variant=ts");
    await page.keyboard.press("n");
    expect(await whyOf(page)).toContain("Passport finds a strategy");
  });

  it("folds lines that are the same, and opens a fold", async () => {
    const page = await open("/compare/server");
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

  it("shows the two formats that are chosen, and no kind that is not between them", async () => {
    const page = await open("/compare/tokens");
    await page.getByRole("radio", { name: "esm ts" }).check();
    await page.getByText("cjs/tokens.cjs").waitFor({ state: "detached" });
    expect(await page.getByRole("columnheader").count()).toBe(3);
    const kinds = page.getByRole("group", { name: "Kinds of difference" }).getByRole("button");
    expect(await kinds.allInnerTexts()).toEqual([expect.stringMatching(/^t\s*types/)]);
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

  it("says which files there are to whoever asks for another one", async () => {
    const page = await open("/compare/tokens");
    await page.goto(`${sandbox.lab.origin}/compare/nothing`);
    expect(await page.getByRole("alert").innerText()).toMatch(/no file "nothing".*tokens/);
    await page.getByRole("tab", { name: "login" }).click();
    await page.getByText("cjs/login.cjs").waitFor();
  });

  it.each([
    [1440, "light", "/compare/server"],
    [1024, "dark", "/compare/auth"],
    [360, "light", "/compare/tokens"],
    [360, "dark", "/compare/auth"],
  ] as const)(
    "%i pixels, %s, %s: has no fault of accessibility and fits",
    async (width, colorScheme, path) => {
      const page = await open(path, { width, colorScheme, bypassCSP: true });
      await page.keyboard.press("n");
      await page.getByRole("button", { name: "Fold equal lines" }).click();
      await page.locator(".run.is-current").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    },
  );
});

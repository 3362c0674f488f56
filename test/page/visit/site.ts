// One sandbox and one browser for all visits to the page, with a progress folder of their own.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
} from "playwright-core";
import { expect } from "vitest";
import {
  openSandbox,
  type Sandbox,
  type SandboxOptions,
} from "../../../scripts/sandbox/sandbox.ts";
import { serverKey } from "../../../scripts/lab/servers/pool.ts";
import { closePages, sharedBrowser } from "../../helpers/shared-browser.ts";

export interface Site {
  readonly sandbox: Sandbox;
  readonly browser: Browser;
  /** Where progress is stored meanwhile: the progress of the person who runs the tests stays unchanged. */
  readonly progressFolder: string;
  /** The process of each server by its `serverKey`. */
  readonly pids: ReadonlyMap<string, number>;
  /** Mistakes of ours that the sandbox reported. */
  readonly mistakes: unknown[];
  close(): Promise<void>;
}

/** Opens both. */
export async function openSite(more: Partial<SandboxOptions> = {}): Promise<Site> {
  const progressFolder = await mkdtemp(path.join(tmpdir(), "sandbox-progress-"));
  process.env["PROGRESS_FOLDER"] = progressFolder;
  const mistakes: unknown[] = [];
  const pids = new Map<string, number>();
  const [sandbox, browser] = await Promise.all([
    openSandbox({
      // What starts ahead has tests of its own.
      startsAhead: false,
      onMistake: (error) => mistakes.push(error),
      onCrash: () => undefined,
      onListening: (choice, pid) => pids.set(serverKey(choice), pid),
      ...more,
    }),
    sharedBrowser(),
  ]);
  return {
    sandbox,
    browser,
    progressFolder,
    pids,
    mistakes,
    async close() {
      await closePages();
      await sandbox.close();
      delete process.env["PROGRESS_FOLDER"];
      await rm(progressFolder, { recursive: true });
    },
  };
}

export interface Visit extends BrowserContextOptions {
  /** `/lesson/3`; with the key, unless it is a whole address. */
  path: string;
}

// Without motion, so that a page that waits has nothing to draw.
const WINDOW: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  reducedMotion: "reduce",
};

/**
 * Visits the page in a window of its own and closes it again. Fails if the page had a mistake, or did what the policy
 * forbids; a refused websocket is not a mistake here.
 */
export async function visit(
  site: Site,
  { path: where, ...options }: Visit,
  stay: (page: Page, more: { context: BrowserContext; complaints: string[] }) => Promise<void>,
): Promise<void> {
  const context = await site.browser.newContext({ ...WINDOW, ...options });
  const complaints: string[] = [];
  context.on("weberror", (error) => complaints.push(error.error().message));
  context.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  try {
    const page = await context.newPage();
    await page.goto(where.startsWith("http") ? where : site.sandbox.address(where));
    await stay(page, { context, complaints });
  } finally {
    await context.close();
  }
  expect({ complaints, mistakes: site.mistakes }).toEqual({ complaints: [], mistakes: [] });
}

// --- What is on the page ---

/** A cell by the row's number, counted from 1, or the own attempt. */
export function cell(page: Page, row: number | "own", client: "browser" | "node"): Locator {
  const line = page.locator(".matrix tbody .row");
  const at = row === "own" ? line.last() : line.nth(row - 1);
  return at.getByRole("cell").nth(client === "browser" ? 0 : 1);
}

/** A cell of the own attempt, once it shows this; the settled one, not the one of before. */
export async function ownShows(
  page: Page,
  client: "browser" | "node",
  text: string | RegExp,
): Promise<void> {
  await cell(page, "own", client)
    .locator(".outcome:not(.is-stale)")
    .locator("xpath=..")
    .filter({ hasText: text })
    .waitFor();
}

/** Runs the open lesson and waits until the page says how it went. */
export async function runLesson(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Run/ }).click();
  await hasRun(page);
}

/** Waits until the page says how the lesson went. */
export async function hasRun(page: Page): Promise<void> {
  // Looked for where it stands: the whole page has thousands of elements, and is looked through at each frame.
  const bar = page.locator(".result-bar");
  await bar
    .getByText(/match the lesson\./)
    .waitFor()
    .catch(async (cause: unknown) => {
      const shown = (await bar.allTextContents()).join(" ");
      throw new Error(`What came of the lesson: "${shown}"`, { cause });
    });
}

/** The texts of the rows of the matrix: head, browser, Node. */
export async function readMatrix(page: Page): Promise<string[][]> {
  const rows = await page
    .locator(".matrix tbody .row")
    .evaluateAll((lines) =>
      lines.map((line) => [...line.children].map((each) => each.textContent)),
    );
  return rows.map((row) => row.map(plain));
}

/** The text of an element, each run of blanks as one. */
export function plain(text: string | null): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}

/** The texts of all that match, each run of blanks as one. */
export async function texts(all: Locator): Promise<string[]> {
  return (await all.allTextContents()).map(plain);
}

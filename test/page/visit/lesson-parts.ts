// What is looked at in a lesson: its rows, an open trace, and the same lesson in a terminal.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { outcomeWords } from "../../../scripts/model/words/acts.ts";
import type { Outcome } from "../../../scripts/model/acts.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { Expectation } from "../../../scripts/model/expectation.ts";
import type { Lesson } from "../../../scripts/model/lesson.ts";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { runLesson as runInTerminal } from "../../../scripts/lab/lessons/run.ts";
import { steady, traffic } from "./side-by-side.ts";
import { cell, hasRun, plain, readMatrix, type Site, texts } from "./site.ts";

const BROWSER = /^(Chrome|Chromium|Edge) \d+/;
const NODE = `Node ${process.versions.node.split(".")[0]}`;

// --- The matrix ---

/** Runs in the page: looks at the rows after each change, from the first one until a trace is beside them. */
export function watchRows(): Promise<{
  heights: string[];
  outcomes: number[];
  tooEarly: string[];
}> {
  const heights = new Set<string>();
  const tooEarly = new Set<string>();
  const outcomes = new Set<number>();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const rows = [...document.querySelectorAll(".matrix .row")];
      if (document.querySelector(".has-trace") !== null) {
        observer.disconnect();
        resolve({ heights: [...heights], outcomes: [...outcomes], tooEarly: [...tooEarly] });
      } else if (rows.length > 0) {
        heights.add(rows.map((row) => row.clientHeight).join());
        outcomes.add(document.querySelectorAll(".matrix .verdict").length);
        // The outcomes are not explained while they come.
        const isRunning = document.querySelector(".result-bar")?.textContent?.includes("Running");
        if (isRunning && document.querySelector("#what-happens")) tooEarly.add("What happens");
      }
    });
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    observer.observe(document.body, all);
  });
}

/** Both columns with their names, and each cell with what the lesson expects of it. */
export async function readsAsTheLessonSays(page: Page, { attempts }: Lesson): Promise<void> {
  expect(await texts(page.getByRole("columnheader"))).toEqual([
    "Attempt",
    expect.stringMatching(/^(Chrome|Chromium|Edge) \d+ this browser$/),
    NODE,
  ]);
  const rows = await readMatrix(page);
  for (const [index, attempt] of attempts.entries()) {
    const [head, ...cells] = rows[index]!;
    expect(head).toContain(attempt.title);
    for (const [column, client] of CLIENTS.entries()) {
      expect(cells[column]).toContain(expectedWords(attempt.expect[client]));
      expect(cells[column]).toMatch(/ matches the lesson$/);
    }
  }
}

/** What a cell must show of what the lesson expects of it: the word, and what is told besides. */
function expectedWords(expected: Expectation): string {
  const user = { id: 1, username: "john" };
  const seen = { do: "connect", user, ...expected, status: expected["status"] ?? undefined };
  const { word, detail } = outcomeWords([seen] as unknown as Outcome);
  return `${word} ${detail} `;
}

/** Both were said to connect, and only Node did: that row is open, and leads to the next one. */
export async function explainsTheSurprises(page: Page): Promise<void> {
  const result = page.locator(".result-bar");
  await result.getByText("Results: all 18 match the lesson.").waitFor();
  const score = result.getByRole("button", { name: "Your predictions: 0 of 2 correct." });
  await score.waitFor();
  const detail = page.locator(".detail-section");
  await detail.getByRole("heading", { name: "Websocket only" }).waitFor();
  const said = "Who connects? You predicted: both. It is: only Node.";
  await detail.getByText(said).waitFor();
  expect(await page.locator(".predicted.is-wrong").count()).toBe(2);
  expect(await texts(page.locator(".path [aria-current]"))).toEqual(["On the wire"]);
  const strong = page.locator(".panes .button.strong:visible");
  expect(await texts(strong)).toEqual(["Next one you missed"]);
  // On a phone the trace is far below; the score and the reason are in one sight.
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await score.scrollIntoViewIfNeeded();
  const reason = result.getByText("A page has no way to set a header");
  const bottom = (): Promise<number> =>
    reason.evaluate((each) => each.getBoundingClientRect().bottom);
  await expect.poll(bottom).toBeLessThan(844);
  expect(await result.getByText(said).isVisible()).toBe(true);
  await isMadeForFingers(page);
  await page.setViewportSize(size);
  expect(await reason.isVisible()).toBe(false);
  await strong.click();
  await detail.getByText("You predicted: websocket. It is: polling.").waitFor();
  expect(await texts(strong)).toEqual(["Read what happened"]);
}

/** Names no keys, and says what its signs mean and what can be pressed. */
async function isMadeForFingers(page: Page): Promise<void> {
  const touch = await page.context().newCDPSession(page);
  await touch.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  expect(await texts(page.locator("kbd:visible"))).toEqual([]);
  expect(await texts(page.locator(".matrix-legend:visible"))).toEqual([
    "predicted correctly · otherwise",
  ]);
  const word = page.locator(".cell-button b").first();
  const line = await word.evaluate((each) => getComputedStyle(each).textDecorationLine);
  expect(line).toBe("underline");
  await touch.send("Emulation.setTouchEmulationEnabled", { enabled: false });
  await touch.detach();
}

// --- A button that copies ---

/** What a button that copies says stays as long after a second press as after one. */
export async function saysAfterEachPress(page: Page, copy: Locator): Promise<void> {
  const said = copy.getByRole("status");
  await page.clock.install();
  // From here on no time passes but what the test lets pass.
  await page.clock.pauseAt(Date.now() + 10_000);
  for (const passed of [3_000, 3_000]) {
    await copy.getByRole("button").click();
    await expect.poll(() => said.textContent()).not.toBe("");
    await page.clock.runFor(passed);
    expect(await said.textContent()).not.toBe("");
  }
  await page.clock.runFor(1_000);
  expect(await said.textContent()).toBe("");
  await page.clock.resume();
}

// --- The trace ---

/** How many pixels of it are between the switches and the log. */
export async function traceInSight(page: Page): Promise<number> {
  await page.locator(".wire-diagram").first().waitFor();
  return page.evaluate(() => {
    const [switches, diagram, log] = [".switches", ".wire-diagrams", ".log"].map((each) =>
      document.querySelector(each)!.getBoundingClientRect(),
    );
    return Math.min(log!.top, diagram!.bottom) - Math.max(switches!.bottom, diagram!.top);
  });
}

/** The step without the header, where the two diverge, and who learned why, in one row. */
export async function showsTheRefusal(page: Page): Promise<void> {
  const [first] = await texts(page.getByRole("listbox", { name: BROWSER }).getByRole("option"));
  expect(first).toMatch(/sends GET \/socket\.io\/ \(.*with no Authorization header/);
  expect(await page.locator(".wire-divergence-words.is-divergence").textContent()).toMatch(
    /sends no Authorization header, Node \d+ sends one\. Then .* 401 Unauthorized.* 101 Switching/,
  );
  const lens = page.getByRole("region", { name: "Who learned why it was refused" });
  expect(await texts(lens.locator("dt"))).toEqual([
    "What the server knew",
    "What it sent",
    expect.stringMatching(/^What (Chrome|Chromium|Edge) \d+ sees$/),
    `What ${NODE} sees`,
    "Does the client retry?",
  ]);
  const tops = await lens
    .locator("dt")
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
}

/** What an open trace says. */
export async function readDetail(page: Page): Promise<string[]> {
  const parts = [
    ".detail-head h2",
    ".detail-head b",
    ".why",
    ".wire-divergence-words",
    ".refusal-lens",
  ];
  return Promise.all(parts.map(async (part) => plain(await page.locator(part).textContent())));
}

/** From an open trace to the lesson, and not out of it. */
export async function goesBackToTheLesson(page: Page): Promise<void> {
  const shown = page.locator(".detail-head");
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.searchParams.has("attempt"));
  await cell(page, 1, "node").getByRole("button").first().click();
  await shown.filter({ hasText: "Polling first" }).waitFor();
  await cell(page, 5, "node").getByRole("button").first().click();
  await shown.filter({ hasText: "Polling only" }).waitFor();
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has("attempt"));
}

export async function goesBackAndForward(page: Page, address: string): Promise<void> {
  await page.getByRole("link", { name: /^Next/ }).first().click();
  await page.getByText(/^Lesson 4 of \d+$/).waitFor();
  expect(await page.locator(".detail-head").count()).toBe(0);
  await page.goBack();
  await page.locator(".detail-head", { hasText: "Websocket only" }).waitFor();
  expect(page.url()).toBe(address);
  await page.goForward();
  await page.getByText(/^Lesson 4 of \d+$/).waitFor();
  // What was seen by a link has been seen, also without the link.
  await page.getByRole("link", { name: /^Previous/ }).click();
  await hasRun(page);
}

/** Runs in the page: whether nothing covers the row that is open. A pane scrolls by whole pixels, and rows are not as high. */
export function isOpenRowWhole(): boolean {
  const row = document.querySelector(".row.is-open")!.getBoundingClientRect();
  const around = document.querySelector(".matrix-section")!.getBoundingClientRect();
  return row.top >= around.top - 1 && row.bottom <= around.bottom + 1;
}

// --- The terminal ---

/** The same lesson as `npm run lesson 3` runs it, cell by cell. */
export async function isAsInTheTerminal(
  { sandbox }: Site,
  lesson: Lesson,
  onPage: Map<string, FilledCell>,
): Promise<void> {
  const cells = await runInTerminal(sandbox.lab, lesson);
  expect(cells).toHaveLength(18);
  for (const { attempt, client, outcome, trace, verdict } of cells) {
    const name = `${attempt.id} ${client}`;
    const other = onPage.get(name)!;
    const [onPageToo, inTerminal] = [other, { outcome, verdict }].map(
      (each) => JSON.parse(steady([each.outcome, each.verdict])) as unknown,
    );
    expect([name, onPageToo]).toEqual([name, inTerminal]);
    expect([name, ...traffic(other.trace)]).toEqual([name, ...traffic(trace)]);
  }
}

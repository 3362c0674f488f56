// Lesson 3 as a person takes it, from the list to an open trace; and that the terminal has the same to tell.
import type { Locator, Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { outcomeWords } from "../../scripts/model/act-words.ts";
import type { Outcome } from "../../scripts/model/acts.ts";
import type { FilledCell } from "../../scripts/model/cell.ts";
import type { Expectation } from "../../scripts/model/expectation.ts";
import type { Lesson } from "../../scripts/model/lesson.ts";
import { CLIENTS } from "../../scripts/model/vocabulary.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { runLesson as runInTerminal } from "../../scripts/lab/lessons/run.ts";
import { steady, traffic, watchCells } from "./side-by-side.ts";
import { cell, hasRun, plain, readMatrix, runLesson, type Site, texts, visit } from "./site.ts";

const BROWSER = /^(Chrome|Chromium|Edge) \d+/;
const NODE = `Node ${process.versions.node.split(".")[0]}`;

export function lessonTests(site: () => Site): void {
  describe("lesson 3", () => {
    it("is predicted, run, read and opened; its address shows the same to others; the terminal has the same to tell", async () => {
      const lesson = await readLesson(3);
      let address = "";
      let told: string[] = [];
      await visit(site(), { path: "/" }, async (page) => {
        await page.getByRole("link", { name: lesson.title }).click();
        const predict = page.getByRole("button", { name: "Predict", exact: true });
        await predict.click();
        expect(await page.locator(".ask .code-block").innerText()).toContain('["websocket"]');
        await page.getByRole("button", { name: "both" }).click();
        const cells = watchCells(page);
        await page.reload();
        await predict.click();
        await page.getByText("Question 2 of 5").waitFor();
        expect(await page.locator(".cell-button, .wire-diagram").count()).toBe(0);
        const beginning = await page.locator(".prose").innerText();
        expect(beginning).toMatch(/^Long-polling looks old/);
        expect(beginning).not.toMatch(/connects|fails|refused/);
        await page.getByRole("button", { name: "websocket", exact: true }).last().click();
        await runLesson(page);
        await explainsTheSurprises(page);
        await readsAsTheLessonSays(page, lesson);
        await page.getByRole("button", { name: "You predicted 0 of 2 correctly." }).click();
        await page.waitForURL(/attempt=websocket&client=browser$/);
        await showsTheRefusal(page);
        told = await readDetail(page);
        address = page.url();
        await isAsInTheTerminal(site(), lesson, cells);
        await hasWordsThatAct(page);
        await hasSteps(page);
        await page.getByRole("button", { name: "Rows" }).click();
        await goesBackToTheLesson(page);
        await page.getByRole("button", { name: "Predict again" }).click();
        await page.getByText("Question 1 of 5").waitFor();
        expect(await page.locator(".cell-button, .wire-diagram").count()).toBe(0);
        const watching = page.evaluate(watchRows);
        await page.keyboard.press("r");
        expect((await watching).tooEarly).toEqual([]);
      });
      expect(address).toMatch(/:\d+\/lesson\/3\?attempt=websocket&client=browser$/);
      // Where the trace is below the matrix first: by a link, though the wire is loaded late; and on a phone, by hand.
      const small = { width: 1024, height: 640 };
      await visit(site(), { path: "/bench", viewport: small }, async (page) => {
        // With its pass: the key of the address was used to come here.
        await page.getByText("Sandbox connected").waitFor();
        const held: Route[] = [];
        await page.route(/wire-element/, (route) => void held.push(route));
        await page.goto(address);
        await hasRun(page);
        await expect.poll(() => held.length).toBe(1);
        await held[0]!.continue();
        await expect.poll(() => traceInSight(page)).toBeGreaterThanOrEqual(300);
        await page.setViewportSize({ width: 360, height: 740 });
        await page.keyboard.press("Escape");
        await cell(page, 2, "browser").getByRole("button").click();
        const head = page.locator(".detail-head");
        const top = (): Promise<number> => head.evaluate((each) => each.getBoundingClientRect().y);
        await expect.poll(top).toBeLessThan(100);
        expect(await top()).toBeGreaterThan(0);
        await page.setViewportSize({ width: 1440, height: 740 });
        expect(await readDetail(page)).toEqual(told);
        expect(page.url()).toBe(address);
        await goesBackAndForward(page, address);
        // The last row is below the fold, until a link opens it.
        await page.goto(address.replace("=websocket&", "=payload-expired&"));
        await page.locator(".detail-head", { hasText: "Payload, expired token" }).waitFor();
        await expect.poll(() => page.evaluate(isOpenRowWhole)).toBe(true);
      });
    });

    it.each([
      [1440, 900, 400],
      [1280, 720, 300],
    ])(
      "at %i × %i shows at least %i pixels of the trace, and no outcome moves a row",
      async (width, height, least) => {
        await visit(site(), { path: "/lesson/3", viewport: { width, height } }, async (page) => {
          await page.getByRole("button", { name: "Run without predicting" }).waitFor();
          // A font that arrives in the middle of the run moves rows as well.
          await page.evaluate("document.fonts.ready.then(() => undefined)");
          const watching = page.evaluate(watchRows);
          await page.getByRole("button", { name: /^Run/ }).click();
          const { heights, outcomes, tooEarly } = await watching;
          expect({ heights: heights.length, tooEarly }).toEqual({ heights: 1, tooEarly: [] });
          expect([outcomes[0], outcomes.length > 1]).toEqual([0, true]);
          expect(await traceInSight(page)).toBeGreaterThanOrEqual(least);
        });
      },
    );

    it("quotes the code line by line, before the run without its comments, and leads to the same file in three formats, and back", async () => {
      await visit(site(), { path: "/lesson/3" }, async (page) => {
        await page.getByText("5 questions").waitFor();
        await page.keyboard.press("c");
        const code = page.locator(".excerpt").first();
        const lines = (await code.locator("pre").innerText()).split("\n");
        expect(lines[0]).toBe("io.engine.use((req, res, next) => {");
        expect(lines.at(-1)).toBe("});");
        expect(lines.join("\n")).not.toContain("//");
        await saysAfterEachPress(page, code.locator(".copy"));
        await code.getByRole("link", { name: "compare handshake" }).click();
        const heads = page.getByRole("columnheader");
        await heads.filter({ hasText: "ts/handshake.ts" }).waitFor();
        expect(await heads.filter({ hasText: "cjs/handshake.cjs" }).count()).toBe(1);
        await page.goBack();
        await page.getByText("5 questions").waitFor();
      });
    });

    it("gives no reason where the lesson says nothing, puts away the trace that it shows first, and finds back", async () => {
      await visit(site(), { path: "/lesson/3?serverTransports=polling" }, async (page) => {
        await page.getByText("5 questions").waitFor();
        await page.keyboard.press("r");
        await page
          .locator(".result-bar")
          .getByText(
            "This lesson assumes that the server offers both transports; with polling only it makes no claim about these results.",
          )
          .waitFor();
        const detail = page.locator(".detail-section");
        await detail.getByRole("heading", { name: "Websocket only" }).waitFor();
        expect(await detail.locator(".why").count()).toBe(0);
        expect(await page.locator(".cell-button.is-shown").count()).toBe(1);
        await page.keyboard.press("Escape");
        await detail.waitFor({ state: "detached" });
        const reset = page.getByRole("button", { name: "Set by you: Transports offered polling" });
        await reset.click();
        await hasRun(page);
        expect(await reset.count()).toBe(0);
      });
    });
  });
}

// --- The matrix ---

/** Runs in the page: looks at the rows after each change, from the first one until a trace is beside them. */
function watchRows(): Promise<{ heights: string[]; outcomes: number[]; tooEarly: string[] }> {
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
        // What came is not told while it comes.
        const isRunning = document.querySelector(".result-bar")?.textContent?.includes("Running");
        if (isRunning && document.querySelector("#what-happens")) tooEarly.add("What happens");
      }
    });
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    observer.observe(document.body, all);
  });
}

/** Both columns with their names, and each cell with what the lesson expects of it. */
async function readsAsTheLessonSays(page: Page, { attempts }: Lesson): Promise<void> {
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
async function explainsTheSurprises(page: Page): Promise<void> {
  const result = page.locator(".result-bar");
  await result.getByText("All 18 match the lesson.").waitFor();
  const score = result.getByRole("button", { name: "You predicted 0 of 2 correctly." });
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
  await page.setViewportSize(size);
  expect(await reason.isVisible()).toBe(false);
  await strong.click();
  await detail.getByText("You predicted: websocket. It is: polling.").waitFor();
  expect(await texts(strong)).toEqual(["Read what happened"]);
}

// --- The words ---

/** The name of a row opens it beside the words, a heading opens the code, a term says what it means, and the end leads on. */
async function hasWordsThatAct(page: Page): Promise<void> {
  await page.keyboard.press("w");
  const chip = page.locator(".chip", { hasText: "Payload, expired token" });
  expect(await chip.getAttribute("title")).toMatch(/^Chrom\w+ \d+: refused, Node \d+: refused$/);
  await chip.click();
  const head = page.locator(".detail-head h2");
  await head.filter({ hasText: "Payload, expired token, websocket only" }).waitFor();
  expect(await page.locator(".prose").count()).toBe(1);
  const term = page.locator(".term", { hasText: "payload" });
  const meaning = term.getByText("What io({ auth }) sends");
  await term.focus();
  await meaning.waitFor();
  await page.keyboard.press("Escape");
  await meaning.waitFor({ state: "hidden" });
  await page.locator(".code-link", { hasText: "The check" }).click();
  await page.locator(".excerpt:focus h2", { hasText: "The check" }).waitFor();
  expect(await page.locator(".excerpt:focus pre").innerText()).toContain("//");
  // The words stay beside the code, and keep the place that one came from; a row takes the code's place.
  expect(await page.locator(".prose").isVisible()).toBe(true);
  await page.keyboard.press("Escape");
  await page.locator(".code-link:focus", { hasText: "The check" }).press("Enter");
  await page.locator(".excerpt:focus").waitFor();
  expect(await head.count()).toBe(0);
  await page.locator(".chip", { hasText: "Polling only" }).click();
  await head.filter({ hasText: "Polling only" }).waitFor();
  expect(await page.locator(".excerpt").count()).toBe(0);
  await page.getByRole("button", { name: "Rows" }).click();
  await page.getByRole("button", { name: "Read what happened" }).click();
  await page.locator("#what-happens:focus").waitFor();
  expect(await page.locator(".takeaways li").count()).toBe(3);
  expect(await texts(page.locator(".path [aria-current]"))).toEqual(["Take away"]);
  const next = page.locator(".takeaways").getByRole("link", { name: "Passport or manual" });
  expect(await next.getAttribute("href")).toBe("/lesson/4");
}

/** Each step of the path leads to its part; what was predicted is kept. */
async function hasSteps(page: Page): Promise<void> {
  const step = (words: string): Locator => page.getByRole("button", { name: words, exact: true });
  for (const [words, part] of [
    ["Step 1: Read", "h1:focus"],
    ["Step 3: Run", ".cell-button:focus"],
    ["Step 4: On the wire", ".detail-section:focus"],
    ["Step 5: Take away", "#take-away:focus"],
  ] as const) {
    await step(words).click();
    await page.locator(part).waitFor();
  }
  await step("Step 2: Predict").click();
  await page.getByText("Question 3 of 5").waitFor();
  expect(await page.locator(".path button").count()).toBe(3);
  await step("Step 3: Run").click();
  await page.getByRole("button", { name: "You predicted 0 of 2 correctly." }).waitFor();
  // It is opened after this run as well.
  await page.locator(".detail-section").getByRole("heading", { name: "Websocket only" }).waitFor();
}

/** What a button that copies says stays as long after a second press as after one. */
async function saysAfterEachPress(page: Page, copy: Locator): Promise<void> {
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
async function traceInSight(page: Page): Promise<number> {
  await page.locator(".wire-diagram").first().waitFor();
  return page.evaluate(() => {
    const [switches, diagram, log] = [".switches", ".wire-diagrams", ".log"].map((each) =>
      document.querySelector(each)!.getBoundingClientRect(),
    );
    return Math.min(log!.top, diagram!.bottom) - Math.max(switches!.bottom, diagram!.top);
  });
}

/** The step without the header, where the two diverge, and who learned why, in one row. */
async function showsTheRefusal(page: Page): Promise<void> {
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
async function readDetail(page: Page): Promise<string[]> {
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
async function goesBackToTheLesson(page: Page): Promise<void> {
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

async function goesBackAndForward(page: Page, address: string): Promise<void> {
  await page.getByRole("link", { name: /^Next/ }).first().click();
  await page.getByText("Lesson 4 of 7").waitFor();
  expect(await page.locator(".detail-head").count()).toBe(0);
  await page.goBack();
  await page.locator(".detail-head", { hasText: "Websocket only" }).waitFor();
  expect(page.url()).toBe(address);
  await page.goForward();
  await page.getByText("Lesson 4 of 7").waitFor();
  // What was seen by a link has been seen, also without the link.
  await page.getByRole("link", { name: /^Previous/ }).click();
  await hasRun(page);
}

/** Runs in the page: whether nothing covers the row that is open. */
function isOpenRowWhole(): boolean {
  const row = document.querySelector(".row.is-open")!.getBoundingClientRect();
  const around = document.querySelector(".matrix-section")!.getBoundingClientRect();
  return row.top >= around.top && row.bottom <= around.bottom;
}

// --- The terminal ---

/** The same lesson as `npm run lesson 3` runs it, cell by cell. */
async function isAsInTheTerminal(
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

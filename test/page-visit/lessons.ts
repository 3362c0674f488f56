// Lesson 3 as a person takes it, from the list to an open trace; and that the terminal has the same to tell.
import type { Page } from "playwright-core";
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
  describe("lesson 3", { timeout: 60_000 }, () => {
    it("is predicted, run, read and opened; its address shows the same to others; the terminal has the same to tell", async () => {
      const lesson = await readLesson(3);
      let address = "";
      let told: string[] = [];
      await visit(site(), { path: "/" }, async (page) => {
        await page.getByRole("link", { name: lesson.title }).click();
        for (const client of CLIENTS)
          await cell(page, 2, client).getByRole("radio", { name: "connects" }).check();
        const cells = watchCells(page);
        await page.reload();
        await page.getByText("2 of 18 predicted").waitFor();
        expect(await page.locator(".cell-button, .wire-diagram").count()).toBe(0);
        const beginning = await page.locator(".prose").innerText();
        expect(beginning).toMatch(/^Long-polling looks old/);
        expect(beginning).not.toMatch(/connects|fails|refused/);
        await runLesson(page);
        await readsAsTheLessonSays(page, lesson);
        await explainsTheSurprise(page, lesson);
        await cell(page, 2, "browser").getByRole("button").click();
        await showsTheRefusal(page);
        told = await readDetail(page);
        address = page.url();
        await isAsInTheTerminal(site(), lesson, cells);
        await page.getByRole("button", { name: "Predict again" }).click();
        await page.getByText("0 of 18 predicted").waitFor();
        expect((await readMatrix(page))[1]!.join()).not.toContain("websocket error");
      });
      const key = new URL(site().sandbox.address("/")).hash;
      expect(address).toMatch(/:\d+\/lesson\/3\?attempt=websocket&client=browser$/);
      await visit(site(), { path: address + key }, async (page) => {
        await hasRun(page);
        expect(await readDetail(page)).toEqual(told);
        expect(page.url()).toBe(address);
        await goesBackAndForward(page, address);
      });
    });

    it("quotes the code line by line, and leads from there to the same file in three formats, and back", async () => {
      await visit(site(), { path: "/lesson/3" }, async (page) => {
        const code = page.locator(".excerpt").first();
        const lines = (await code.locator("pre").innerText()).split("\n");
        expect(lines[0]).toBe("io.engine.use((req, res, next) => {");
        expect(lines.at(-1)).toBe("});");
        await code.getByRole("link", { name: "compare handshake" }).click();
        const heads = page.getByRole("columnheader");
        await heads.filter({ hasText: "ts/handshake.ts" }).waitFor();
        expect(await heads.filter({ hasText: "cjs/handshake.cjs" }).count()).toBe(1);
        await page.goBack();
        await code.waitFor();
      });
    });

    it("gives no reason where the lesson says nothing, puts away the trace that it shows first, and finds back", async () => {
      await visit(site(), { path: "/lesson/3?serverTransports=polling" }, async (page) => {
        const said = cell(page, 2, "node");
        await said.getByRole("radio", { name: "connects" }).check();
        await page.keyboard.press("r");
        await page
          .getByText(
            "This lesson assumes that the server offers both transports; with polling only it makes no claim about these results.",
          )
          .waitFor();
        expect(await texts(said.locator(".cell-note"))).toEqual(["You predicted: connects."]);
        const detail = page.locator(".detail-section");
        await detail.getByRole("heading", { name: "Websocket only" }).waitFor();
        expect(await detail.locator(".why").count()).toBe(0);
        expect(await page.locator(".cell-button.is-shown").count()).toBe(1);
        await page.keyboard.press("Escape");
        await detail.waitFor({ state: "detached" });
        await page.getByRole("button", { name: "Back to both transports" }).click();
        await page.getByText("All 18 match the lesson.").waitFor();
        expect(await page.getByRole("button", { name: "Back to both transports" }).count()).toBe(0);
      });
    });

    it("goes back from a trace to the lesson, and not out of it", async () => {
      await visit(site(), { path: "/lesson/3" }, async (page) => {
        await runLesson(page);
        const shown = page.locator(".detail-head");
        await cell(page, 1, "node").getByRole("button").first().click();
        await shown.filter({ hasText: "Polling first" }).waitFor();
        await cell(page, 5, "node").getByRole("button").first().click();
        await shown.filter({ hasText: "Polling only" }).waitFor();
        await page.goBack();
        await shown.filter({ hasText: "Websocket only" }).waitFor();
        expect(page.url()).not.toContain("attempt=");
      });
    });

    it("comes with the trace in sight to whoever follows a link on a phone", async () => {
      const phone = { viewport: { width: 360, height: 740 } };
      const path = "/lesson/3?attempt=websocket&client=browser";
      await visit(site(), { path, ...phone }, async (page) => {
        const head = page.locator(".detail-head");
        const top = (): Promise<number> => head.evaluate((each) => each.getBoundingClientRect().y);
        await expect.poll(top, { timeout: 10_000 }).toBeLessThan(740);
      });
    });
  });
}

// --- The matrix ---

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
      expect(cells[column]).toMatch(/ \d+(\.\d)? m?s as expected/);
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

/** Both were said to connect, and only Node did. */
async function explainsTheSurprise(page: Page, { attempts }: Lesson): Promise<void> {
  const result = "All 18 match the lesson. You predicted 1 of 2 correctly.";
  await page.getByText(result, { exact: true }).waitFor();
  expect(await texts(page.locator(".cell-note"))).toEqual([
    `You predicted: connects. ${attempts[1]!.why.browser}`,
  ]);
  expect(await cell(page, 2, "browser").locator(".note-said").count()).toBe(1);
}

// --- The trace ---

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

async function goesBackAndForward(page: Page, address: string): Promise<void> {
  await page.getByRole("link", { name: /^Next/ }).click();
  await page.getByText("Lesson 4 of 6").waitFor();
  expect(await page.locator(".detail-head").count()).toBe(0);
  await page.goBack();
  await page.locator(".detail-head", { hasText: "Websocket only" }).waitFor();
  expect(page.url()).toBe(address);
  await page.goForward();
  await page.getByText("Lesson 4 of 6").waitFor();
  // What was seen by a link has been seen, also without the link.
  await page.getByRole("link", { name: /^Previous/ }).click();
  await hasRun(page);
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

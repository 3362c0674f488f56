// A lesson as a person takes it: predict, run, read the matrix, be surprised and told why.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { outcomeWords } from "../../public/sandbox/outcome-words.ts";
import type { Outcome } from "../../scripts/lab/attempt.ts";
import { CLIENTS, type Expectation } from "../../scripts/lab/lesson.ts";
import { readLesson } from "../../scripts/lab/lesson-files.ts";
import { cell, plain, readMatrix, runLesson, type Site, visit } from "./site.ts";

const JOHN = { id: 1, username: "john" };

/** What a cell must show of what the lesson expects of it: the word, and what is told besides. */
function expectedWords(expected: Expectation): string {
  const { user, status } = expected;
  const seen = { ...expected, user: user ?? JOHN, status: status ?? undefined };
  const { word, detail } = outcomeWords(seen as unknown as Outcome);
  return `${word} ${detail} `;
}

async function readHeads(page: Page): Promise<string[]> {
  return (await page.getByRole("columnheader").allTextContents()).map(plain);
}

export function lessonTests(site: () => Site): void {
  describe("a lesson", { timeout: 30_000 }, () => {
    it("hides the outcomes until it is run; then shows what it says, and explains a prediction that came otherwise", async () => {
      const lesson = await readLesson(3);
      await visit(site(), { path: "/" }, async (page) => {
        await page.getByRole("link", { name: lesson.title }).click();
        for (const client of CLIENTS)
          await cell(page, 2, client).getByRole("radio", { name: "connects" }).check();
        await page.reload();
        await page.getByText("2 of 18 said").waitFor();
        expect(await page.locator(".cell-button, .wire-diagram, .prose").count()).toBe(0);
        await runLesson(page);
        const result = "All 18 as the lesson expects. 1 of 2 not as you said.";
        await page.getByText(result, { exact: true }).waitFor();
        expect(await readHeads(page)).toEqual([
          "Attempt",
          expect.stringMatching(/^(Chrome|Chromium|Edge) \d+ this browser$/),
          `Node ${process.versions.node.split(".")[0]}`,
        ]);
        const rows = await readMatrix(page);
        for (const [index, attempt] of lesson.attempts.entries()) {
          const [head, ...cells] = rows[index]!;
          expect(head).toContain(attempt.title);
          for (const [column, client] of CLIENTS.entries()) {
            expect(cells[column]).toContain(expectedWords(attempt.expect[client]));
            expect(cells[column]).toMatch(/ \d+(\.\d)? m?s as expected/);
          }
        }
        // Both were said to connect, and only Node did.
        expect((await page.locator(".cell-note").allTextContents()).map(plain)).toEqual([
          `You said it connects. ${lesson.attempts[1]!.why.browser}`,
        ]);
        expect(await cell(page, 2, "browser").locator(".note-said").count()).toBe(1);
        await page.getByRole("button", { name: "Predict again" }).click();
        await page.getByText("0 of 18 said").waitFor();
        expect((await readMatrix(page))[1]!.join()).not.toContain("websocket error");
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
        expect(await heads.allInnerTexts()).toContain("cjs/handshake.cjs");
        await page.goBack();
        await code.waitFor();
      });
    });
  });
}

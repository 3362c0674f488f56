// Lesson 3 as a person takes it, from the list to an open trace; and that the terminal has the same to tell.
import type { Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { readLesson } from "../../../scripts/lab/lessons/files.ts";
import { watchCells } from "./side-by-side.ts";
import { cell, hasRun, runLesson, type Site, visit } from "./site.ts";
import {
  watchRows,
  readsAsTheLessonSays,
  explainsTheSurprises,
  saysAfterEachPress,
  traceInSight,
  showsTheRefusal,
  readDetail,
  goesBackToTheLesson,
  goesBackAndForward,
  isOpenRowWhole,
  isAsInTheTerminal,
} from "./lesson-parts.ts";
import { hasSteps, hasWordsThatAct } from "./lesson-words.ts";

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
        await page.getByRole("button", { name: "Your predictions: 0 of 2 correct." }).click();
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
      });
      expect(address).toMatch(/:\d+\/lesson\/3\?attempt=websocket&client=browser$/);
      // Where the trace is below the matrix first: by a link, though it is loaded late; and on a phone, by hand.
      const small = { width: 1024, height: 640 };
      await visit(site(), { path: "/bench", viewport: small }, async (page) => {
        // With its pass: the key of the address was used to come here.
        await page.getByText("Sandbox connected").waitFor();
        const held: Route[] = [];
        await page.route(/parts\/results-/, (route) => void held.push(route), { times: 1 });
        await page.goto(address);
        await expect.poll(() => held.length).toBe(1);
        await held[0]!.continue();
        await hasRun(page);
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

    it("shows so many pixels of the trace at two sizes of the window, and no outcome moves a row", async () => {
      await visit(site(), { path: "/lesson/3" }, async (page) => {
        // What shows outcomes comes with a first run; in the next one it is there before any outcome.
        await runLesson(page);
        // A font that arrives in the middle of the run moves rows as well.
        await page.evaluate("document.fonts.ready.then(() => undefined)");
        for (const [width, height, least] of [
          [1440, 900, 400],
          [1280, 720, 300],
        ] as const) {
          await page.setViewportSize({ width, height });
          await page.getByRole("button", { name: "Predict again" }).click();
          await page.getByRole("button", { name: "Run without predicting" }).waitFor();
          expect(await page.locator(".cell-button, .wire-diagram").count()).toBe(0);
          const watching = page.evaluate(watchRows);
          await page.keyboard.press("r");
          const { heights, outcomes, tooEarly } = await watching;
          expect({ heights: heights.length, tooEarly }).toEqual({ heights: 1, tooEarly: [] });
          expect([outcomes[0], outcomes.length > 1]).toEqual([0, true]);
          expect(await traceInSight(page)).toBeGreaterThanOrEqual(least);
        }
      });
    });

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

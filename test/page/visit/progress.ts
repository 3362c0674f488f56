// What is done in one place is done everywhere: in another page, and in the terminal.
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { noteProgress } from "../../../scripts/lab/lessons/progress.ts";
import { runCommand } from "../../helpers/node-process.ts";
import { ownShows, plain, runLesson, type Site, visit } from "./site.ts";

/** The own attempt with the token in the payload. */
function withToken(name: string): string {
  return `/sandbox?auth=payload&credential=payload&transports=websocket&token=${name}`;
}

export function progressTests(site: () => Site): void {
  describe("the key", () => {
    it("opens further tabs of a browser, and no tab of another one; nor does a wrong key", async () => {
      const { sandbox } = site();
      const { origin } = sandbox.lab;
      const link = `${origin}/lesson/3`;
      await visit(site(), { path: "/" }, async (list, { context }) => {
        await list.locator(".lesson-item").first().waitFor();
        const other = await context.newPage();
        await other.goto(link);
        await other.getByText("5 questions").waitFor();
      });
      await visit(site(), { path: `${origin}/#key=wrong` }, async (page, { context }) => {
        await page.getByRole("alert").waitFor();
        const other = await context.newPage();
        await other.goto(link);
        await other.getByRole("heading", { name: "This page needs a key" }).waitFor();
        // Nothing was shared before; once one tab is let in, the other is too.
        expect(await other.getByRole("alert").count()).toBe(0);
        await page.getByLabel("Address or key").fill(sandbox.address("/"));
        await page.keyboard.press("Enter");
        await page.locator(".lesson-item").first().waitFor();
        await other.getByText("5 questions").waitFor();
      });
    });
  });

  describe("progress", () => {
    it("made in one page shows in another one and in the terminal's list, and the other way round", async () => {
      const { sandbox, progressFolder } = site();
      await visit(site(), { path: "/" }, async (list, { context }) => {
        const lesson = (title: string): Locator => list.locator(".lesson-item", { hasText: title });
        await lesson("Passport or manual").getByText("new").waitFor();
        await list.getByRole("link", { name: "Start with lesson 1" }).waitFor();
        await lesson("Log in and read the token").getByText("new").waitFor();
        const other = await context.newPage();
        await other.goto(sandbox.address("/lesson/1"));
        await runLesson(other);
        await other.keyboard.press("w");
        const chip = other.locator('.chip[data-attempt="self-expired"][data-answers]');
        expect(await chip.getAttribute("data-answers")).toBe("answered 401");
        await lesson("Log in and read the token").getByText("run", { exact: true }).waitFor();
        await list.getByRole("link", { name: "Continue with lesson 2" }).waitFor();

        await noteProgress("passport-or-manual", { ranAt: 1, score: { right: 3, of: 5 } });
        await lesson("Passport or manual").getByText("3 of 5 correct", { exact: true }).waitFor();
        await list.getByRole("link", { name: "Continue with lesson 5" }).waitFor();
        expect(plain(await list.locator(".start").textContent())).toContain(
          "Left out so far: 2, 3.",
        );

        const env = { PROGRESS_FOLDER: progressFolder };
        const { stdout } = await runCommand("lesson", [], { env });
        expect(stdout).toMatch(/ 1 {2}Log in and read the token {3}▸ run/);
        expect(stdout).toMatch(/ 4 {2}Passport or manual {3}▸ 3 of 5 correct/);
        expect(stdout).toMatch(/ 6 {2}Three module formats {3}· new/);
      });
    });

    it("and outcomes of two pages that run at once do not mix", async () => {
      const { sandbox } = site();
      await visit(site(), { path: withToken("valid") }, async (one, { context }) => {
        const other = await context.newPage();
        await other.goto(sandbox.address(withToken("expired")));
        const seen = async (): Promise<void> => {
          for (const client of ["browser", "node"] as const) {
            await ownShows(one, client, "john, websocket");
            await ownShows(other, client, "The token has expired.");
          }
        };
        await seen();
        await Promise.all(
          [one, other].flatMap((page) => [page.keyboard.press("r"), page.keyboard.press("f")]),
        );
        await seen();
        const servers = await Promise.all(
          [one, other].map((page) => page.locator(".detail-server").textContent()),
        );
        expect(servers.map(plain)).toEqual(
          Array.from({ length: 2 }, () => "esm · payload · polling+websocket"),
        );
      });
    });
  });
}

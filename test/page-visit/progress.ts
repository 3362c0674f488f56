// What is done in one place is done everywhere: in another page, and in the terminal.
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { noteProgress } from "../../scripts/lab/lesson/progress.ts";
import { runCommand } from "../node-process.ts";
import { ownShows, plain, runLesson, type Site, visit } from "./site.ts";

/** The own attempt with the token in the payload. */
function withToken(name: string): string {
  return `/sandbox?auth=payload&credential=payload&transports=websocket&token=${name}`;
}

export function progressTests(site: () => Site): void {
  describe("progress", { timeout: 60_000 }, () => {
    it("made in one page shows in another one and in the terminal's list, and the other way round", async () => {
      const { sandbox, progressFolder } = site();
      await visit(site(), { path: "/" }, async (list, { context }) => {
        const lesson = (title: string): Locator => list.locator(".lesson-item", { hasText: title });
        await lesson("Passport or manual").getByText("new").waitFor();
        await lesson("Log in and read the token").getByText("new").waitFor();
        const other = await context.newPage();
        await other.goto(sandbox.address("/lesson/1"));
        await runLesson(other);
        await lesson("Log in and read the token").getByText("as expected").waitFor();

        await noteProgress("passport-or-manual", { ranAt: 1, isAsExpected: false });
        await lesson("Passport or manual").getByText("run", { exact: true }).waitFor();

        const env = { PROGRESS_FOLDER: progressFolder };
        const { stdout } = await runCommand("lesson", [], { env });
        expect(stdout).toMatch(/ 1 {2}Log in and read the token {3}✓ as expected/);
        expect(stdout).toMatch(/ 4 {2}Passport or manual {3}! run/);
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

// The server behind the page: its log while it comes, a crash and a new start, and a sandbox that goes away and comes back.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../../../scripts/sandbox/sandbox.ts";
import type { StoredPass } from "../../../scripts/sandbox/keys.ts";
import { serverKey } from "../../../scripts/lab/servers/pool.ts";
import { lastingPort } from "../../helpers/lasting-port.ts";
import { cell, ownShows, plain, runLesson, type Site, texts, visit } from "./site.ts";

/** Sandboxes at one port, one after the other, as a person starts them; `passes` is what is stored in between. */
interface Restarts {
  passes: readonly StoredPass[];
}

function openOwn({ mistakes }: Site, port: number, restarts: Restarts): Promise<Sandbox> {
  return openSandbox({
    port,
    passes: restarts.passes,
    onPasses: async (passes) => void (restarts.passes = passes),
    startsAhead: false,
    onMistake: (error) => mistakes.push(error),
  });
}

export function serverTests(site: () => Site): void {
  describe("the server log", () => {
    it("updates automatically, marks a crash, and restarts the server by a button", async () => {
      const path = "/sandbox?auth=payload&serverTransports=websocket&transports=websocket";
      await visit(site(), { path }, async (page) => {
        await ownShows(page, "node", "refused");
        await page
          .locator(".log-last")
          .getByText(/"refused":"CONNECT packet","reason":"jwt must be provided"/)
          .waitFor();
        await page.keyboard.press("l");
        const lines = page.getByRole("log", { name: "Lines" }).locator("p");
        // The two clients are refused in any order.
        await expect
          .poll(() => texts(lines))
          .toContainEqual(
            expect.stringMatching(
              /^\d\d:\d\d:\d\d sandbox, Your own attempt, browser cjs · payload · websocket \{"port":\d+,"refused"/,
            ),
          );
        const server = {
          variant: "cjs",
          auth: "payload",
          serverTransports: ["websocket"],
        } as const;
        process.kill(site().pids.get(serverKey(server))!, "SIGKILL");
        await lines.filter({ hasText: "The cjs variant (payload) ended (SIGKILL)." }).waitFor();
        await page.getByText("1 crash", { exact: true }).waitFor();
        await page.getByRole("button", { name: "Restart demo server" }).click();
        const checks = lines
          .filter({ hasText: "cjs · payload · websocket" })
          .filter({ hasText: '"checked"' });
        // The own attempt ran once in each client before the crash, and runs again.
        await expect.poll(() => checks.count()).toBeGreaterThan(2);
        // Seen by what runs again, it needs no word of its own; where nothing runs, it is said until the next thing done.
        expect(await page.locator(".banner").count()).toBe(0);
        await page.keyboard.press("h");
        await ownShows(page, "browser", "john, websocket");
        await page.getByRole("link", { name: "Compare", exact: true }).click();
        await page.getByRole("button", { name: "Restart demo server" }).click();
        const notice = page.getByText("Demo server stopped; the next run starts it again.");
        await notice.waitFor();
        await page.getByRole("tab", { name: "tokens" }).click();
        await notice.waitFor({ state: "detached" });
      });
      await hasTheEarlierLines(site(), path);
    });
  });

  describe("a sandbox that goes away", () => {
    it("is shown as unreachable; when it is back, the page reconnects automatically and has lost nothing", async () => {
      const restarts: Restarts = { passes: [] };
      const port = await lastingPort();
      let own = await openOwn(site(), port, restarts);
      try {
        await visit(site(), { path: own.address("/lesson/1") }, async (page) => {
          await page.getByRole("button", { name: "Predict", exact: true }).click();
          await page.getByRole("button", { name: "there is none" }).click();
          await runLesson(page);
          await page.getByRole("button", { name: "More" }).click();
          await ownShows(page, "node", "john");
          await cell(page, 2, "browser").getByRole("button").click();
          const url = page.url();
          await own.close();
          const away = page.getByRole("alert").filter({ hasText: "The sandbox is not reachable." });
          await away.getByText(`npm run sandbox -- --port ${port}`).waitFor();
          // What one does meanwhile waits, and what was seen stays.
          await page.keyboard.press("T");
          await cell(page, "own", "browser").getByText("waits for the sandbox").waitFor();
          await page.keyboard.press("r");
          await page
            .locator(".result-bar")
            .getByText("16 of 16 are waiting for the sandbox.")
            .waitFor();
          expect(plain(await cell(page, 2, "browser").textContent())).toContain("answered 401");
          own = await openOwn(site(), port, restarts);
          await away.waitFor({ state: "detached" });
          await ownShows(page, "browser", "websocket error");
          await ownShows(page, "node", "john, websocket");
          await page
            .locator(".result-bar")
            .getByText("Your predictions: 0 of 1 correct.")
            .waitFor();
          expect(page.url()).toBe(url.replace("?", "?transports=websocket,polling&"));
          await comesBackWithAnotherKey(page, own, async () => {
            own = await openOwn(site(), port, { passes: [] });
            return own;
          });
        });
      } finally {
        await own.close();
      }
    });
  });
}

/** A page that opens later has read nothing of it live. */
async function hasTheEarlierLines(site: Site, path: string): Promise<void> {
  await visit(site, { path }, async (page) => {
    await page.getByText("1 crash", { exact: true }).waitFor();
    await page.keyboard.press("l");
    const lines = page.getByRole("log", { name: "Lines" }).locator("p");
    const said = lines.filter({ hasText: "The cjs variant (payload) ended (SIGKILL)." });
    expect(await said.count()).toBe(1);
  });
}

/** Where no pass was kept, the page asks for a key, and stays as it was. */
async function comesBackWithAnotherKey(
  page: Page,
  old: Sandbox,
  start: () => Promise<Sandbox>,
): Promise<void> {
  await old.close();
  const own = await start();
  const prompt = page.getByRole("region", { name: "This page needs a new key" });
  await prompt.getByRole("alert").waitFor();
  await prompt.getByLabel("Address or key").fill(own.address("/lesson/1"));
  await page.keyboard.press("Enter");
  await prompt.waitFor({ state: "detached" });
  const result = page.locator(".result-bar");
  await result.getByText("Results: all 16 match the lesson.").waitFor();
  await result.getByText("Your predictions: 0 of 1 correct.").waitFor();
}

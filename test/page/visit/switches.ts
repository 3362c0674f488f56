// The switches as a person flips them: each gives another outcome, and all stay as they were left.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { readLesson } from "../../../scripts/lab/lessons/files.ts";
import { cell, hasRun, ownShows, plain, runLesson, type Site, visit } from "./site.ts";

/** Chooses one of a group, such as `Auth`. */
function choose(page: Page, group: string, value: string): Promise<void> {
  return page
    .getByRole("region", { name: "Switches" })
    .getByRole("group", { name: group, exact: true })
    .getByRole("radio", { name: value, exact: true })
    .check();
}

function chooseToken(page: Page, name: string): Promise<string[]> {
  return page.getByRole("combobox", { name: "Token" }).selectOption(name);
}

export function switchTests(site: () => Site): void {
  describe("the switches", () => {
    it("each give the own attempt another outcome at once", async () => {
      const permissions = ["clipboard-read", "clipboard-write"];
      await visit(site(), { path: "/sandbox?attempt=unheard-of", permissions }, async (page) => {
        const leftOut = `There is no attempt "unheard-of" here; that part of the address was ignored.`;
        await page.getByText(leftOut).waitFor();
        await ownShows(page, "browser", "john, polling→websocket");
        await choose(page, "Transports", "websocket, polling");
        await ownShows(page, "browser", "websocket error");
        await ownShows(page, "node", "john, websocket");
        await page.getByRole("checkbox", { name: "tryAllTransports" }).check();
        await ownShows(page, "browser", "john, polling");
        await choose(page, "Auth", "payload");
        await ownShows(page, "browser", "The token is missing.");
        await choose(page, "Credential", "payload");
        await ownShows(page, "browser", "john, websocket");
        await chooseToken(page, "expired");
        await ownShows(page, "browser", "The token has expired.");
        await choose(page, "Auth", "manual");
        await choose(page, "Credential", "header");
        await chooseToken(page, "valid");
        await page.getByRole("checkbox", { name: "tryAllTransports" }).uncheck();
        await choose(page, "Transports", "polling, websocket");
        await ownShows(page, "browser", "john, polling→websocket");
        await choose(page, "Scheme", "Token");
        await ownShows(page, "browser", "xhr poll error, 401");
        await choose(page, "Scheme", "Bearer");
        await ownShows(page, "browser", "john, polling→websocket");
        await choose(page, "Transports offered", "polling");
        await ownShows(page, "browser", /john, polling(?!→)/);
        await choose(page, "Format", "esm");
        await page.locator(".detail-server", { hasText: "esm · manual · polling" }).waitFor();
        await ownShows(page, "node", /john, polling(?!→)/);
        expect(await page.locator(".detail-server").innerText()).toBe("esm · manual · polling");
        await keepsATypedToken(page);
      });
    });

    it("that a lesson fixes say why, also when their key is pressed", async () => {
      const { fixed } = await readLesson(3);
      const reason = fixed.auth!.reason;
      const path = "/lesson/3?auth=payload&attempt=unheard-of";
      await visit(site(), { path }, async (page) => {
        // A link to no row reveals none, and leaves the words where they are.
        await page.getByText("5 questions").waitFor();
        await page.locator(".prose").getByText("Long-polling looks old").waitFor();
        const auth = page.getByRole("group", { name: "Auth", exact: true });
        // In sight for whoever asks, by pointer or by keyboard; and with all switches from the start.
        const shown = page.getByText(reason).filter({ visible: true });
        await auth.getByText("Why?").waitFor();
        expect(await shown.count()).toBe(0);
        await auth.getByText("Why?").press("Enter");
        await shown.waitFor();
        expect(await auth.getByRole("radio", { name: "payload" }).isDisabled()).toBe(true);
        const said = page.locator(`#${await auth.getAttribute("aria-describedby")}`);
        expect(plain(await said.textContent())).toContain(
          `Auth here: passport or manual. ${reason}`,
        );
        await page.keyboard.press("a");
        await auth.getByRole("radio", { name: "manual", checked: true }).waitFor();
        await page.keyboard.press("a");
        await auth.getByRole("radio", { name: "passport", checked: true }).waitFor();
        await page.getByRole("button", { name: "More" }).click();
        await shown.waitFor();
        expect(await auth.getByText("Why?").count()).toBe(0);
      });
    });

    it("run the whole lesson again where they are the server's; another lesson starts with its own, and says what came along", async () => {
      await visit(site(), { path: "/lesson/3" }, async (page) => {
        await runLesson(page);
        // In sight are those that are worth flipping here, and the others on demand.
        expect(await page.getByRole("combobox", { name: "Token" }).count()).toBe(0);
        await choose(page, "Format", "esm");
        await page.locator(".detail-server", { hasText: "esm · passport" }).waitFor();
        await hasRun(page);
        await page.getByRole("button", { name: "More" }).click();
        await chooseToken(page, "expired");
        await ownShows(page, "node", "401");
        await choose(page, "Transports offered", "websocket");
        const reset = page.getByRole("button", { name: /^Set by you:/ });
        await reset
          .filter({ hasText: "Format esm, Transports offered websocket, own attempt" })
          .waitFor();
        await page.getByRole("link", { name: /^Next/ }).first().click();
        await page.getByText(/Lesson 4 of \d+/).waitFor();
        const comesAlong = async (): Promise<void> => {
          await page.getByRole("radio", { name: "esm", checked: true }).waitFor();
          await reset.filter({ hasText: /^\s*Set by you: Format esm\. Reset\s*$/ }).waitFor();
          expect(new URL(page.url()).search).toBe("?variant=esm");
        };
        await comesAlong();
        await page.reload();
        await comesAlong();
        await reset.click();
        await page.getByRole("radio", { name: "cjs", checked: true }).waitFor();
        expect(await reset.count()).toBe(0);
      });
    });
  });
}

/** A token that was typed is in no address, in nothing that is stored, and not in the code that is shown. */
async function keepsATypedToken(page: Page): Promise<void> {
  await chooseToken(page, "typed …");
  const field = page.getByLabel("Token, typed or pasted");
  await field.fill("x".repeat(30_000));
  await page.keyboard.press("Tab");
  await page.getByText("It has 30,000 characters and was left out").waitFor();
  // Pasted, it is complete at once, and what stood around it is taken off.
  await page.evaluate(() =>
    navigator.clipboard.writeText("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln"),
  );
  for (const key of ["a", "v"]) await field.press(`ControlOrMeta+${key}`);
  await ownShows(page, "browser", "xhr poll error, 401");
  expect(await field.inputValue()).toBe("eyJhbGciOiJIUzI1NiJ9.e30.c2ln");
  await cell(page, "own", "browser").getByRole("button").click();
  await page.waitForURL(/attempt=own/);
  const kept = "JSON.stringify([location.href, { ...sessionStorage }, { ...localStorage }])";
  expect(await page.evaluate(kept)).not.toContain("eyJ");
  expect(await page.locator(".code-block").innerText()).toContain("${typedToken}");
  // Nor is it in what is copied.
  const copied = async (button: string): Promise<string> => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.getByRole("button", { name: button, exact: true }).click();
    const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).not.toBe("");
    return read();
  };
  expect(await copied("Copy")).toMatch(/^const socket = io\(\{\n.*\$\{typedToken\}/s);
  const matrix = await copied("Copy as Markdown");
  expect(matrix).toMatch(
    /^### Free sandbox\n\n\|.*\| refused: xhr poll error, 401 \| esm · manual · polling \|\n$/s,
  );
  expect(matrix).not.toContain("eyJ");
}

// The page by keyboard only: from the list of lessons to a trace, the switches, the sheet of keys, and back.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { type Site, visit } from "./site.ts";

/** Runs in the page: what has the focus, and whether that can be seen at it or at what is around it. */
function readFocus(): { name: string; isSeen: boolean } {
  const focused = document.activeElement!;
  const around: Element[] = [];
  for (let each: Element | null = focused; each && around.length < 5; each = each.parentElement)
    around.push(each);
  // A step of a diagram is framed by what is drawn behind it.
  around.push(...focused.querySelectorAll(".wire-back"));
  const isSeen = around.some((each) => {
    const { outlineStyle, outlineWidth, outlineColor, opacity, stroke } = getComputedStyle(each);
    const hasOutline =
      outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !outlineColor.endsWith(" 0)");
    return opacity !== "0" && (hasOutline || (each instanceof SVGElement && stroke !== "none"));
  });
  return { name: `${focused.localName} ${focused.textContent.slice(0, 40)}`, isSeen };
}

/** Presses Tab until that has the focus, and sees on the way that the focus can be seen everywhere. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(readFocus)).toEqual({ name: expect.any(String), isSeen: true });
    if (await page.evaluate((wanted) => document.activeElement!.matches(wanted), selector)) return;
  }
  throw new Error(`Tab never came to ${selector}.`);
}

/** The own attempt, open, with everything that belongs to a trace. */
const OPEN = "/sandbox?transports=websocket&attempt=own&client=browser";

export function keyboardTests(site: () => Site): void {
  describe("with the keyboard alone", () => {
    it("one gets to lesson 3, predicts, runs, opens a trace, flips a switch and reads the keys", async () => {
      await visit(site(), { path: "/" }, async (page) => {
        await page.getByText("Websocket only").waitFor();
        await tabTo(page, '.lesson-item a[href^="/lesson/3"]');
        await page.keyboard.press("Enter");
        await page.getByText("5 questions").waitFor();
        expect(await page.locator("h1:focus").textContent()).toBe("Websocket only");
        await tabTo(page, ".ask .strong");
        await page.keyboard.press("Enter");
        await page.locator("#matrix-title:focus").filter({ hasText: "Websocket only" }).waitFor();
        // The first answer: both connect.
        await page.keyboard.press("1");
        await page.getByText("Question 2 of 5").waitFor();
        await page.locator("#matrix-title:focus").filter({ hasText: "tryAll" }).waitFor();
        await page.keyboard.press("r");
        await page.locator(".result-bar").getByText("Your predictions: 0 of 1 correct.").waitFor();
        await page.locator(".detail-head h2", { hasText: "Websocket only" }).waitFor();
        await page.keyboard.press("1");
        await page.locator(".detail-head h2", { hasText: "Polling first" }).waitFor();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowRight");
        await page.keyboard.press("ArrowLeft");
        await page.keyboard.press("Enter");
        const details = page.locator(".detail-section:focus");
        await details.locator("h2", { hasText: "Websocket only" }).waitFor();
        await page.keyboard.press("Escape");
        await page.locator('[data-cell="websocket browser"]:focus').waitFor();
        await page.keyboard.press("Enter");
        await details.waitFor();
        const said =
          /^Trace of Websocket only, .* refused: websocket error\. Press d to go to it\.$/;
        await page.getByRole("status").filter({ hasText: said }).waitFor();
        await page.locator(".wire-diagram").first().waitFor();
        await page.keyboard.press("d");
        expect(await page.locator(".wire-diagram :focus").count()).toBe(1);
        // Over the whole window, digits lead to the other rows, and what is out of sight does not change.
        await page.keyboard.press("z");
        const large = (title: string): Locator =>
          page.getByRole("dialog", { name: `The wire: ${title}` });
        await large("Websocket only").waitFor();
        await page.keyboard.press("1");
        await large("Polling first").waitFor();
        expect(await page.locator("dialog :focus").count()).toBe(1);
        for (const key of ["a", "2", "z"]) await page.keyboard.press(key);
        await page.getByRole("dialog").waitFor({ state: "detached" });
        expect(page.url()).toMatch(/\?attempt=websocket&client=browser$/);
        await page.keyboard.press("d");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("a");
        await page.waitForURL(/auth=manual/);
        // A switch that is out of sight is flipped by nobody.
        await page.keyboard.press("s");
        await page.keyboard.press("?");
        const sheet = page.getByRole("dialog", { name: "Keys" });
        await sheet.waitFor();
        expect((await page.evaluate(readFocus)).isSeen).toBe(true);
        await page.keyboard.press("f");
        await page.keyboard.press("Escape");
        await sheet.waitFor({ state: "hidden" });
        // The sheet takes its own Escape and keeps the other keys from the page.
        expect(page.url()).toMatch(/\?auth=manual&attempt=websocket&client=browser$/);
        // The details of the step first, and then the trace.
        await page.keyboard.press("Escape");
        await page.getByRole("region", { name: /^Details/ }).waitFor({ state: "detached" });
        await page.keyboard.press("Escape");
        await page.waitForURL((url) => !url.searchParams.has("attempt"));
        const focused = page.locator(":focus");
        expect(await focused.getAttribute("data-cell")).toBe("websocket browser");
        await page.keyboard.press("c");
        await page.locator(".excerpts:focus").waitFor();
        await page.keyboard.press("w");
        await page.locator(".prose:focus").waitFor();
      });
    });

    it("one turns off the shortcuts of a single character, for as long as one wishes", async () => {
      await visit(site(), { path: "/sandbox" }, async (page) => {
        const box = page.getByRole("checkbox", { name: /^Shortcuts of a single/ });
        await page.locator(".cell-button").first().waitFor();
        await page.keyboard.press("?");
        await page.getByRole("dialog", { name: "Keys" }).waitFor();
        await box.focus();
        await page.keyboard.press("Space");
        await page.keyboard.press("Escape");
        const hint = page.locator(".log-fold kbd");
        await hint.waitFor({ state: "hidden" });
        await page.reload();
        await page.locator(".cell-button").first().waitFor();
        for (const key of ["?", "f", "1"]) await page.keyboard.press(key);
        expect(await page.getByRole("dialog").count()).toBe(0);
        expect(page.url()).not.toContain("variant");
        // Those that are no characters go on working.
        await page.keyboard.press("ArrowDown");
        await page.locator(".cell-button:focus").waitFor();
        await page.getByRole("button", { name: "Keys" }).click();
        await box.check();
        await page.keyboard.press("Escape");
        await hint.waitFor();
        await page.keyboard.press("f");
        await page.waitForURL(/variant=esm/);
      });
    });

    it("one flips every switch and comes to every control, and sees where one is", async () => {
      await visit(site(), { path: "/lesson/3" }, async (page) => {
        await page.getByText("5 questions").waitFor();
        await tabTo(page, ".log-bar .button");
        await page.goto(site().sandbox.address(OPEN));
        await page.locator(".wire-diagram").first().waitFor();
        await flipEverySwitch(page);
        await tabTo(page, ".wire-as-list summary");
        await tabTo(page, ".log-bar .button");
        expect(await page.locator(":focus").innerText()).toBe("Restart demo server");
      });
    });
  });
}

/** Presses each switch's key, and reads in the address what has become of it. */
async function flipEverySwitch(page: Page): Promise<void> {
  const FLIPS: [key: string, written: string][] = [
    ["f", "variant=esm"],
    ["a", "auth=manual"],
    ["t", "serverTransports=websocket"],
    ["T", "transports=polling"],
    ["y", "tryAllTransports=yes"],
    ["h", "credential=payload"],
    ["s", "scheme=Bearer"],
    ["k", "token=other-user"],
    ["K", "token=valid"],
  ];
  for (const [key, written] of FLIPS) {
    await page.keyboard.press(key);
    await page.waitForURL((url) =>
      url.search.slice(1).replace("%2C", ",").split("&").includes(written),
    );
  }
}

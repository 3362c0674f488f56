// A step and its details on a page: both in sight in any window, by pointer and by keyboard; enlarged, and on paper.
import { execFileSync } from "node:child_process";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { curlCommand } from "../../../scripts/model/words/curl.ts";
import { accessibilityFaults } from "../../helpers/accessibility.ts";
import type { Played } from "./scenes.ts";
import { showScene, visitWire } from "./site.ts";

/** Runs in the page: goes to every step of both diagrams. @returns what was not in sight, a line each; how many were */
function walk(how: "pointer" | "keyboard"): { seen: number; faults: string[] } {
  const view = document.querySelector("wire-view")!;
  const main = document.querySelector("main")!;
  const isPane = getComputedStyle(main).overflowY === "auto";
  const scroller = document.querySelector("dialog") ?? (isPane ? main : document.documentElement);
  const faults: string[] = [];
  let seen = 0;

  function look(row: Element): void {
    if (row.matches(".is-fold")) return;
    seen += 1;
    const panel = view.querySelector(".wire-panel")!.getBoundingClientRect();
    const heads = view.querySelector(".wire-heads")!.getBoundingClientRect();
    const at = row.querySelector(".wire-back")!.getBoundingClientRect();
    const isWindow = scroller === document.documentElement;
    const top = isWindow ? 0 : scroller.getBoundingClientRect().top;
    const bottom = top + (isWindow ? innerHeight : scroller.clientHeight);
    const middle = document.elementFromPoint(
      Math.max(1, Math.min(at.left + at.width / 2, innerWidth - 2)),
      at.top + at.height / 2,
    );
    const wrong = [
      ...(heads.top < top - 1 ? ["the names are out of sight"] : []),
      ...(at.top < heads.bottom - 1 ? ["the names cover it"] : []),
      ...(panel.top < at.bottom - 1 ? ["the details cover it"] : []),
      ...(panel.bottom > bottom + 1 ? ["the details end out of sight"] : []),
      ...(row.contains(middle) ? [] : [`${middle?.localName} covers it`]),
      ...textsUnder(view.querySelector(".wire-close")!),
      ...(how === "pointer" || row === document.activeElement ? [] : ["it has not the focus"]),
    ];
    faults.push(...wrong.map((fault) => `${row.firstElementChild!.textContent}: ${fault}`));
  }

  /** Wherever the details are scrolled to. */
  function textsUnder(button: Element): string[] {
    const panel = view.querySelector(".wire-panel")!;
    const texts = [...panel.querySelectorAll("h4, p, pre, dt, dd")];
    const found = [0, panel.scrollHeight].flatMap((to) => {
      panel.scrollTop = to;
      const { left, right, top, bottom } = button.getBoundingClientRect();
      return texts.filter((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        return [...range.getClientRects()].some(
          (at) => at.left < right && at.right > left && at.top < bottom && at.bottom > top,
        );
      });
    });
    panel.scrollTop = 0;
    return found.map((text) => `the button covers "${text.textContent.trim().slice(0, 40)}"`);
  }

  for (const { dataset } of view.querySelectorAll<HTMLElement>(".wire-figure")) {
    const rows = (): NodeListOf<SVGElement> =>
      view.querySelectorAll(`[data-client=${dataset["client"]}] [role=option]`);
    if (how === "keyboard")
      rows()[0]!.dispatchEvent(new KeyboardEvent("keydown", { key: "Home", bubbles: true }));
    for (let at = 0; at < rows().length; at += 1) {
      const row = rows()[at]!;
      if (how === "pointer" && !row.matches(".is-fold"))
        row.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      look(rows()[at]!);
      if (how === "keyboard")
        rows()[at]!.dispatchEvent(
          new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }),
        );
    }
  }
  return { seen, faults };
}

async function lookAtAll(page: Page, how: "pointer" | "keyboard"): Promise<void> {
  const { seen, faults } = await page.evaluate(walk, how);
  expect(faults).toEqual([]);
  expect(seen).toBeGreaterThan(3);
}

/** The page's main part, as low as a pane with its own scrolling. */
const PANE = (height: number): string =>
  `Object.assign(document.querySelector("main").style, { height: "${height}px", overflowY: "auto", paddingTop: "12px" })`;

export function inSightTests(played: Played): void {
  describe("a step and its details", () => {
    it.each([
      { how: "pointer", width: 1040, height: 900, pane: 430 },
      { how: "keyboard", width: 880, height: 720, pane: 300 },
      { how: "keyboard", width: 1024, height: 768, pane: undefined },
      { how: "pointer", width: 360, height: 740, pane: undefined },
    ] as const)(
      "are both in sight, by $how, at $width × $height, in a pane of $pane",
      async (look) => {
        const { how, width, height, pane } = look;
        const { page, complaints } = await visitWire(played, played.scenes.polling, {
          width,
          height,
        });
        if (pane !== undefined) await page.evaluate(PANE(pane));
        await lookAtAll(page, how);
        await showScene(page, played.scenes.tabs);
        await lookAtAll(page, how);
        expect(complaints).toEqual([]);
      },
    );

    it("are both in sight enlarged, in text of 16 pixels; axe finds no fault; Escape leaves first the details, then that", async () => {
      const { page } = await visitWire(played, played.scenes.polling, {
        width: 1280,
        height: 720,
      });
      await page.getByRole("button", { name: "Enlarge" }).click();
      const large = page.getByRole("dialog", { name: "The wire: Row" });
      await large.waitFor();
      // As narrow as a pair may be, and where the layout has larger text for each of the two, and for one of them.
      const text = large.locator(".wire-text").first();
      const height = (): Promise<number> =>
        text.evaluate((each: SVGTextElement) =>
          Math.round(each.getScreenCTM()!.a * parseFloat(getComputedStyle(each).fontSize)),
        );
      for (const [width, figures] of [
        [1024, 2],
        [1280, 2],
        [1920, 2],
        [900, 1],
      ] as const) {
        await page.setViewportSize({ width, height: 720 });
        await expect.poll(() => large.locator(".wire-figure").count()).toBe(figures);
        await expect.poll(height).toBe(16);
      }
      // For a reader who has larger text.
      const setText = (size: string): Promise<unknown> =>
        page.evaluate(`document.documentElement.style.fontSize = "${size}"`);
      await setText("150%");
      await page.setViewportSize({ width: 901, height: 720 });
      await expect.poll(height).toBe(24);
      await setText("");
      await page.setViewportSize({ width: 1280, height: 720 });
      await expect.poll(() => large.locator(".wire-figure").count()).toBe(2);
      await lookAtAll(page, "keyboard");
      expect(await accessibilityFaults(page)).toEqual([]);
      const details = page.getByRole("region", { name: /^Details/ });
      await page.keyboard.press("Escape");
      expect([await details.count(), await large.count()]).toEqual([0, 1]);
      await page.keyboard.press("Escape");
      await large.waitFor({ state: "detached" });
      // Drawn again once it has its width again.
      await expect.poll(() => page.getByRole("option").count()).toBeGreaterThan(10);
    });
  });

  describe("two attempts", () => {
    it("open where they diverge, and the sentence leads there, also into what is folded", async () => {
      const { page } = await visitWire(played, {}, { width: 1040 });
      await page.evaluate(PANE(400));
      await showScene(page, played.scenes.polling);
      const main = page.locator("main");
      const opened = await main.evaluate((each) => each.scrollTop);
      expect(opened).toBeGreaterThan(100);
      await main.evaluate((each) => each.scrollTo(0, 0));
      await page.getByRole("button", { name: /^They diverge at/ }).click();
      expect(await page.locator(":focus").textContent()).toContain("(upgrade to websocket)");
      await showScene(page, played.scenes.tabs);
      const sentence = page.locator(".wire-divergence-words");
      expect(await sentence.textContent()).toMatch(/^\s*Both exchange the same events\. /);
      expect(await main.evaluate((each) => each.scrollTop)).toBe(0);
      expect(await page.locator("g.is-divergence").count()).toBe(0);
      await sentence.click();
      expect(await page.locator(":focus").textContent()).toContain("(upgrade to websocket)");
      expect(await page.locator("g.is-divergence").count()).toBe(2);
    });

    it("fit beside each other on a sheet, without anything to click", async () => {
      const { page } = await visitWire(played, played.scenes.websocket, { width: 1040 });
      await page.getByRole("option").first().click();
      // As a browser does before it prints.
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      await page.emulateMedia({ media: "print" });
      const widths = await page
        .locator(".wire-diagram")
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
      expect(widths).toHaveLength(4);
      expect(Math.max(...widths)).toBeLessThanOrEqual(1040);
      expect(await page.locator("wire-view button:visible").allTextContents()).toEqual([
        expect.stringMatching(/They diverge at/),
      ]);
    });
  });

  describe("a request as a command for curl", () => {
    it("is read by a shell exactly as it was sent, with places for what is masked", () => {
      const { steps } = played.scenes.websocket.node.trace;
      const step = structuredClone(steps.find((each) => each.kind === "request")!);
      const nasty = `it's "$(id)" \`id\` \\ $HOME\n!`;
      step.headers["x-odd"] = nasty;
      const words = wordsOfShell(curlCommand(step));
      expect(words).toContain("authorization: bearer the-token");
      expect(words).toContain(`x-odd: ${nasty}`);
      expect(words.at(-1)).toBe("http://localhost:3000/socket.io/?EIO=4&transport=websocket");
      const body = `{"username":"o'hara","password":"…"}`;
      const login = { ...step, method: "POST", target: "/login?sid=…abcdef", headers: {}, body };
      expect(wordsOfShell(curlCommand(login)).slice(1)).toEqual([
        "-i",
        "--data-raw",
        `{"username":"o'hara","password":"the-password"}`,
        "http://localhost:3000/login?sid=the-sid",
      ]);
    });
  });
}

/** What a command would be given. */
function wordsOfShell(command: string): string[] {
  const env = { TOKEN: "the-token", PASSWORD: "the-password", SID: "the-sid" };
  return execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { env, encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

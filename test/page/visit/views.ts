// Every view on a phone and on a desk, light and dark: nothing is wider than the page, and axe finds no fault.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { accessibilityFaults } from "../../helpers/accessibility.ts";
import { layoutFaults, plantCrashes } from "./layout.ts";
import { cell, runLesson, type Site, visit } from "./site.ts";

interface View {
  name: string;
  /** The selector of what is new in it; all, if left out. */
  part?: string;
  /** Whether it is something to read on paper. */
  prints?: true;
  /** Goes there from the view before it. */
  ready: (page: Page) => Promise<unknown>;
}

/** One after the other, as a person goes through them. What compares has tests of its own. */
const VIEWS: View[] = [
  { name: "lessons", ready: (page) => page.getByText("Websocket only").waitFor() },
  {
    name: "lesson, to be predicted, with all its switches",
    ready: async (page) => {
      await page.getByRole("link", { name: "Log in and read the token" }).click();
      await page.getByText("5 questions").waitFor();
      await toggleSwitches(page);
    },
  },
  {
    name: "lesson, asked, with its code",
    prints: true,
    ready: async (page) => {
      await page.getByRole("button", { name: "Predict", exact: true }).click();
      // Both are wrong.
      for (const key of ["3", "2"]) await page.keyboard.press(key);
      await page.keyboard.press("c");
      await page.locator(".excerpt").first().waitFor();
    },
  },
  {
    name: "what was missed",
    part: ".result-bar",
    ready: async (page) => {
      await runLesson(page);
      await page.locator(".first-missed .button").waitFor();
    },
  },
  {
    name: "lesson, run, with words, log and trace",
    prints: true,
    ready: async (page) => {
      await toggleSwitches(page);
      await cell(page, 2, "browser").getByRole("button").click();
      await page.keyboard.press("w");
      await page.locator(".term").first().focus();
      await page.keyboard.press("l");
      await page.locator(".wire-row").first().press("Enter");
      await page.getByRole("region", { name: /^Details/ }).waitFor();
    },
  },
  {
    name: "code beside the words",
    part: ".code-pane",
    ready: async (page) => {
      await page.locator(".code-link").first().click();
      await page.locator(".excerpt:focus").waitFor();
    },
  },
  {
    name: "lesson, with its rows beside the trace",
    part: ".matrix-section",
    ready: (page) => page.getByRole("button", { name: "Rows" }).click(),
  },
  { name: "keys", part: "dialog", ready: (page) => page.keyboard.press("?") },
  {
    name: "sandbox",
    ready: async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Sandbox", exact: true }).click();
      await page.locator(".wire-diagram").first().waitFor();
    },
  },
  {
    name: "bench, with faults",
    prints: true,
    ready: async (page) => {
      await page.getByRole("link", { name: "Bench", exact: true }).click();
      await page.getByLabel("Pick").selectOption("wrong-audience");
      await page.locator(".verdicts[aria-busy=false] .verdict-bad").first().waitFor();
    },
  },
  {
    name: "compare",
    prints: true,
    // It has tests of its own; here it is looked at for its layout.
    part: ".compare-head",
    ready: async (page) => {
      await page.getByRole("link", { name: "Compare", exact: true }).click();
      await page.getByRole("tab", { name: "passport beside manual" }).click();
      await page.getByText("passport, manual: a line without a name").waitFor();
    },
  },
  {
    name: "no such page",
    ready: async (page) => {
      await page.goto(new URL("/nothing/here", page.url()).href);
      await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    },
  },
  {
    name: "no such lesson",
    ready: async (page) => {
      await page.goto(new URL("/lesson/99", page.url()).href);
      await page.getByText("There is no lesson 99. The lessons there are: 1 log-in").waitFor();
    },
  },
  {
    name: "no key",
    ready: async (page) => {
      await page.evaluate("sessionStorage.clear()");
      await page.goto(new URL("/", page.url()).href);
      await page.getByLabel("Address or key").waitFor();
      // Nothing can be run, so there is nothing to set.
      expect(await page.locator(".switches").count()).toBe(0);
    },
  },
];

/** Opens all, or closes them again. */
async function toggleSwitches(page: Page): Promise<void> {
  const fold = page.locator(".switches-fold");
  await ((await fold.isVisible()) ? fold : page.locator(".more-switches")).click();
}

const HEIGHT = 800;
/** A4 between its margins, in CSS pixels. */
const PAPER_WIDTH = 688;

/** Nothing is cut off, and there is nothing to press; the trace has a test of its own. */
async function printFaults(page: Page): Promise<string[]> {
  const before = page.viewportSize()!;
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: PAPER_WIDTH, height: HEIGHT });
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
  const cut = await page.evaluate<
    string[]
  >(`[...document.querySelectorAll("main, .pane-words, .matrix-section, .encoded")]
    .filter((each) => each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY !== "visible")
    .map((each) => each.className + " is cut off")`);
  const pressed = await page
    .locator("button:visible, select:visible, textarea:visible, input:visible")
    .evaluateAll((all) =>
      all
        .filter(
          (each) =>
            each.closest("wire-view, .detail-head, .matrix, .claims, .code-table, .answers") ===
            null,
        )
        .map((each) => `${each.className} ${each.textContent.trim().slice(0, 40)}`),
    );
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize(before);
  return [...cut, ...pressed, ...(wide > PAPER_WIDTH ? [`is ${wide} pixels wide`] : [])];
}

/** What is narrower than a window, and has nearly the same layout. */
const NARROWER: Record<number, number[]> = { 360: [320], 1440: [1024, 768] };

/** What is wrong with the open view in a window of that width, and on a phone in the dark as well. */
async function faultsAt(page: Page, width: number, part?: string): Promise<string[]> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.emulateMedia({ colorScheme: "light" });
  const faults = await accessibilityFaults(page, { part });
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
  if (wide > width) faults.push(`is ${wide} pixels wide`);
  // With room for parts that scroll on their own, the page itself does not scroll.
  const tall = await page.evaluate<number>("document.documentElement.scrollHeight");
  if (width > 360 && tall > HEIGHT) faults.push(`is ${tall} pixels tall`);
  faults.push(...(await layoutFaults(page, [width, ...NARROWER[width]!])));
  // Of the other scheme only the colours are new, and they are the same at every width.
  if (width > 360) return faults;
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await accessibilityFaults(page, { part, rules: ["color-contrast"] });
  await page.emulateMedia({ colorScheme: "light" });
  return [...faults, ...dark.map((fault) => `dark: ${fault}`)];
}

export function viewTests(site: () => Site): void {
  // Long on a machine that does other work as well: a dozen views, each looked at up to ten times.
  describe("every view", () => {
    it("on a phone, and where they differ there on a desk: fits, in a wide font too, and has no fault of accessibility, light and dark", async () => {
      const faults: string[] = [];
      // What looks for faults is itself a script from elsewhere.
      const options = { viewport: { width: 360, height: HEIGHT }, bypassCSP: true };
      await visit(site(), { path: "/", ...options }, async (page) => {
        await plantCrashes(page);
        await page.goto(site().sandbox.address("/"));
        for (const { name, part, prints, ready } of VIEWS) {
          await ready(page);
          const unprintable = prints === true ? await printFaults(page) : [];
          faults.push(...unprintable.map((fault) => `${name}, on paper: ${fault}`));
          const isOther = /^(lesson,|bench)/.test(name);
          for (const width of isOther ? [1440, 360] : [360]) {
            const found = await faultsAt(page, width, part);
            faults.push(...found.map((fault) => `${name}, at ${width} pixels: ${fault}`));
          }
        }
      });
      expect(faults).toEqual([]);
    });

    it("stands still for a person who asked for less motion", async () => {
      const moving = `[...document.querySelectorAll("*")].filter((each) => {
        const { animationName, transitionDuration } = getComputedStyle(each);
        return animationName !== "none" || transitionDuration !== "0s";
      }).length`;
      await visit(site(), { path: "/lesson/3", reducedMotion: "no-preference" }, async (page) => {
        await page.getByText("5 questions").waitFor();
        expect(await page.evaluate(moving)).toBeGreaterThan(0);
        await page.emulateMedia({ reducedMotion: "reduce" });
        expect(await page.evaluate(moving)).toBe(0);
      });
    });
  });
}

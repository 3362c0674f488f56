// Every view on a phone and on a desk, light and dark: nothing is wider than the page, and axe finds no fault.
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { gzipSync } from "node:zlib";
import { buildPage } from "../../scripts/lab/sandbox/page-files.ts";
import { hasRun, type Site, visit } from "./site.ts";

interface View {
  name: string;
  /** Where it is, if not where the view before it was. */
  path?: string;
  /** Waits until it is there. */
  ready: (page: Page) => Promise<unknown>;
}

const press = (key: string) => (page: Page) => page.keyboard.press(key);

const VIEWS: View[] = [
  { name: "lessons", path: "/", ready: (page) => page.getByText("Websocket only").waitFor() },
  {
    name: "lesson, to be predicted, with its code",
    path: "/lesson/3",
    ready: async (page) => {
      await page.getByText("0 of 18 said").waitFor();
      if (!(await page.locator(".excerpt").first().isVisible())) await page.keyboard.press("c");
      const fold = page.locator(".switches-fold");
      if (await fold.isVisible()) await fold.click();
    },
  },
  {
    name: "lesson, run, with a trace",
    path: "/lesson/3?attempt=websocket&client=browser",
    ready: async (page) => {
      await hasRun(page);
      await page.locator(".wire-row").first().click();
      await page.getByRole("region", { name: /^Details/ }).waitFor();
    },
  },
  {
    name: "words and log",
    ready: async (page) => {
      if (!(await page.locator(".prose").isVisible())) await page.keyboard.press("w");
      await page.keyboard.press("l");
      await page.getByRole("log").waitFor();
    },
  },
  { name: "keys", ready: press("?") },
  {
    name: "sandbox",
    path: "/sandbox",
    ready: (page) => page.locator(".wire-diagram").first().waitFor(),
  },
  {
    name: "bench, with faults",
    path: "/bench?token=wrong-audience",
    ready: (page) => page.locator(".verdicts[aria-busy=false] .verdict-bad").first().waitFor(),
  },
  {
    name: "compare",
    path: "/compare/handshake",
    ready: (page) => page.locator(".run.is-different").first().waitFor(),
  },
  { name: "no such page", path: "/lesson/0", ready: (page) => page.getByText("no such").waitFor() },
  {
    name: "no key",
    ready: async (page) => {
      await page.evaluate("sessionStorage.clear()");
      await page.goto(new URL("/", page.url()).href);
      await page.getByLabel("Address or key").waitFor();
    },
  },
];

/** What axe finds, one line each. @param rules all, if left out */
async function faultsOf(page: Page, rules?: string[]): Promise<string[]> {
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

export function viewTests(site: () => Site): void {
  describe("every view", { timeout: 60_000 }, () => {
    it.each([
      [360, VIEWS],
      [1440, VIEWS.filter(({ name }) => /trace|words/.test(name))],
    ])(
      "at %i pixels: fits, and has no fault of accessibility, light and dark",
      async (width, views) => {
        const faults: string[] = [];
        // What looks for faults is itself a script from elsewhere.
        const options = { viewport: { width, height: 800 }, bypassCSP: true };
        await visit(site(), { path: "/", ...options }, async (page, { context }) => {
          await context.addInitScript({ content: axe.source });
          await page.reload();
          const note = (name: string, found: string[]): void => {
            faults.push(...found.map((fault) => `${name}: ${fault}`));
          };
          for (const { name, path, ready } of views) {
            await page.emulateMedia({ colorScheme: "light" });
            if (path !== undefined) await page.goto(site().sandbox.lab.origin + path);
            await ready(page);
            note(name, await faultsOf(page));
            const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
            if (wide > width) faults.push(`${name}: is ${wide} pixels wide`);
            // Of the other scheme only the colours are new.
            await page.emulateMedia({ colorScheme: "dark" });
            note(`${name}, dark`, await faultsOf(page, ["color-contrast"]));
          }
        });
        expect(faults).toEqual([]);
      },
    );

    it("stands still for whoever asked for less motion", async () => {
      const moving = `[...document.querySelectorAll("*")].filter((each) => {
        const { animationName, transitionDuration } = getComputedStyle(each);
        return animationName !== "none" || transitionDuration !== "0s";
      }).length`;
      await visit(site(), { path: "/lesson/3" }, async (page) => {
        await page.getByText("0 of 18 said").waitFor();
        expect(await page.evaluate(moving)).toBeGreaterThan(0);
        await page.emulateMedia({ reducedMotion: "reduce" });
        expect(await page.evaluate(moving)).toBe(0);
      });
    });

    it("comes with less than 80 kB of code and style", async () => {
      const files = await buildPage();
      const sizes = ["/index.html", "/main.js", "/style.css"].map(
        (name) => gzipSync(files.get(name)!.body).byteLength,
      );
      expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(80_000);
    });
  });
}

// A trace as a person opens it: what is in it, what its address says, and that others see the same at that address.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { cell, hasRun, plain, runLesson, type Site, visit } from "./site.ts";

const LENS = [
  "What the server knew",
  "What it sent",
  /^What (Chrome|Chromium|Edge) \d+ was told$/,
  /^What Node \d+ was told$/,
  "Will the client try again?",
];

/** What an open trace says, but for times and ends of tokens. */
async function readDetail(page: Page): Promise<string[]> {
  const parts = [
    ".detail-head h2",
    ".detail-head b",
    ".why",
    ".wire-parting-words",
    ".refusal-lens",
  ];
  const texts = await Promise.all(parts.map((part) => page.locator(part).textContent()));
  return texts.map((text) => plain(text));
}

export function traceTests(site: () => Site): void {
  describe("a trace", { timeout: 30_000 }, () => {
    it("opens by a click, names the step without the header and the parting, and tells who knew what in one row; its address shows the same elsewhere, and after going back", async () => {
      let address = "";
      let told: string[] = [];
      await visit(site(), { path: "/lesson/3" }, async (page) => {
        await page.keyboard.press("f");
        await page.getByText("0 of 18 said").waitFor();
        await runLesson(page);
        await cell(page, 2, "browser").getByRole("button").click();
        const steps = page.getByRole("listbox", { name: /^Chrom|^Edge/ }).getByRole("option");
        const first = plain(await steps.first().textContent());
        expect(first).toMatch(/asks GET \/socket\.io\/, .*with no Authorization header/);
        expect(await page.locator(".wire-parting-words.is-parting").textContent()).toMatch(
          /sends no Authorization header, Node \d+ sends one\. Then .* 401 Unauthorized.* 101 Switching/,
        );
        const lens = page.getByRole("region", { name: "Who knew what of the refusal" });
        const questions = lens.locator("dt");
        expect(await questions.allTextContents()).toEqual(
          LENS.map((each) => (each instanceof RegExp ? expect.stringMatching(each) : each)),
        );
        const tops = await questions.evaluateAll((all) =>
          all.map((each) => each.getBoundingClientRect().top),
        );
        expect(new Set(tops).size).toBe(1);
        told = await readDetail(page);
        address = page.url();
      });
      const { pathname, searchParams, hash } = new URL(address);
      expect({ pathname, hash, query: Object.fromEntries(searchParams) }).toEqual({
        pathname: "/lesson/3",
        hash: "",
        query: { variant: "esm", attempt: "websocket", client: "browser" },
      });
      const key = new URL(site().sandbox.address("/")).hash;
      await visit(site(), { path: address + key }, async (page) => {
        await hasRun(page);
        expect(await readDetail(page)).toEqual(told);
        expect(page.url()).toBe(address);
        await page.getByRole("link", { name: /^Next/ }).click();
        await page.getByText("Lesson 4 of 6").waitFor();
        expect(await page.locator(".detail-head").count()).toBe(0);
        await page.goBack();
        await page.locator(".detail-head", { hasText: "Websocket only" }).waitFor();
        expect(page.url()).toBe(address);
        await page.goForward();
        await page.getByText("Lesson 4 of 6").waitFor();
      });
    });

    it("of a typed token leaves it out of the address and of what is kept", async () => {
      await visit(site(), { path: "/sandbox" }, async (page) => {
        await page.getByRole("combobox", { name: "Token" }).selectOption("typed …");
        await page.getByLabel("Token, typed or pasted").fill("eyJhbGciOiJIUzI1NiJ9.e30.c2ln");
        await page.keyboard.press("Tab");
        await cell(page, "own", "browser").getByText("xhr poll error, 401").waitFor();
        await cell(page, "own", "browser").getByRole("button").click();
        await page.waitForURL(/attempt=own/);
        const kept = await page.evaluate(
          "JSON.stringify([location.href, { ...sessionStorage }, { ...localStorage }])",
        );
        expect(kept).not.toContain("eyJ");
        expect(await page.locator(".code-block").innerText()).toContain("${typedToken}");
      });
    });
  });
}

// The wire on a page in a real browser: keyboard, pointer, narrow and dark, and the files it hands out.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { accessibilityFaults } from "../../helpers/accessibility.ts";
import { contrastOf, countCrossings, readColours } from "./measures.ts";
import type { Played } from "./scenes.ts";
import { visitWire } from "./site.ts";

/** What the person finds in the file. */
async function save(page: Page, button: string): Promise<string> {
  return (await saveFile(page, button)).text;
}

async function saveFile(page: Page, button: string): Promise<{ name: string; text: string }> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).first().click();
  const download = await saving;
  const stream = await download.createReadStream();
  return { name: download.suggestedFilename(), text: (await stream.toArray()).join("") };
}

export function pageTests(played: Played): void {
  describe("on a page", () => {
    it("each step is an option with a sentence as its name, and the arrow keys go from one to the next", async () => {
      const { page, complaints } = await visitWire(played, played.scenes.websocket, {
        width: 1100,
      });
      const list = page.getByRole("listbox", { name: /^Chrome 147/ });
      await list.getByRole("option").first().focus();
      // To be there is not to choose: who passes by with Tab sees the diagram as it was.
      expect(await page.getByRole("group", { name: "Details" }).count()).toBe(0);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      const focused = page.locator(":focus");
      expect(await focused.textContent()).toMatch(
        /responds with 401 Unauthorized, with WWW-Authenticate: Bearer realm="users"/,
      );
      await page
        .getByRole("region", { name: "Details of step 3 of Chrome 147" })
        .getByText("www-authenticate", { exact: true })
        .waitFor();
      await page.keyboard.press("ArrowRight");
      expect(await focused.textContent()).toMatch(/responds with 101 Switching Protocols/);
      await page.keyboard.press("Home");
      await page.getByText("Checked by the server: accepted.").waitFor();
      await page.keyboard.press("Escape");
      expect(await page.getByRole("region", { name: /^Details/ }).count()).toBe(0);
      // Into the details, by Tab as well, and back to the step.
      await page.keyboard.press("Enter");
      const details = page.locator(".wire-panel:focus");
      await details.waitFor();
      await page.keyboard.press("Shift+Tab");
      expect(await focused.textContent()).toMatch(/sends GET/);
      await page.keyboard.press("Tab");
      await details.waitFor();
      await page.keyboard.press("Tab");
      expect(await focused.textContent()).toMatch(/Copy as curl/);
      await page.keyboard.press("Escape");
      expect(await focused.textContent()).toMatch(/sends GET/);
      expect(await page.locator(".wire-panel").count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    it("a folded row opens with Enter and closes with it, and keeps the keyboard", async () => {
      const { page } = await visitWire(
        played,
        { browser: played.scenes.polling.browser },
        { width: 700 },
      );
      const fold = page.getByRole("option", { name: /^Folded: / }).first();
      await fold.focus();
      const [, counts] = /Folded: (.*?)\./.exec((await fold.textContent())!)!;
      const hidden = counts!.match(/\d+/g)!.map(Number);
      const before = await page.getByRole("option").count();
      await page.keyboard.press("Enter");
      const head = page.getByRole("option", { name: /^Unfolded: / });
      expect(await head.count()).toBe(1);
      const after = before + hidden.reduce((sum, count) => sum + count);
      expect(await page.getByRole("option").count()).toBe(after);
      expect(await page.locator(":focus").textContent()).toMatch(/^\s*Unfolded: /);
      await page.keyboard.press("Enter");
      expect(await head.count()).toBe(0);
      await page.getByLabel("Every step").check();
      expect(await page.getByRole("option").count()).toBe(
        played.scenes.polling.browser.trace.steps.length,
      );
    });

    it.each([
      [360, "dark"],
      [1100, "light"],
    ] as const)(
      "%i pixels, %s: axe finds no fault, and nothing is wider than the page",
      async (width, colorScheme) => {
        const { page } = await visitWire(played, played.scenes.websocket, { width, colorScheme });
        await page.getByRole("option").first().press("Enter");
        await page.getByRole("region", { name: /^Details/ }).waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        // What fits is offered, and one of the two is shown where both were.
        const shown = page.getByRole("group", { name: "Whose attempt is shown" });
        const choices = shown.getByRole("button");
        await expect.poll(() => choices.count()).toBe(width === 360 ? 2 : 3);
        await page.setViewportSize({ width: 390, height: 844 });
        await expect.poll(() => choices.count()).toBe(2);
        await shown.getByRole("button", { name: "Chrome 147", pressed: true }).waitFor();
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
      },
    );

    it("every text stands out from its ground (WCAG 1.4.3), light and dark, also where two attempts diverge", async () => {
      const { page } = await visitWire(played, played.scenes.websocket, { width: 1100 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const ratios = (await page.evaluate(readColours)).map(contrastOf);
        expect(ratios.length).toBeGreaterThan(40);
        expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5);
      }
    });

    it("the font is as wide as the layout assumes", async () => {
      const { page } = await visitWire(
        played,
        { node: played.scenes.polling.node },
        { width: 360 },
      );
      const outside = await page.evaluate(() => {
        const [client, server] = [...document.querySelectorAll(".wire-lane")]
          .slice(0, 2)
          .map((lane) => Number(lane.getAttribute("x1")));
        return [...document.querySelectorAll<SVGTextElement>(".wire-text")].filter((text) => {
          const { x, width } = text.getBBox();
          return x < client! || x + width > server!;
        }).length;
      });
      expect(outside).toBe(0);
      expect(await page.evaluate(countCrossings)).toEqual({ numbers: 0, lines: 0 });
    });
  });

  describe("a file", () => {
    it("of the diagram needs no style sheet and no page", async () => {
      const { page } = await visitWire(played, played.scenes.cut, { width: 1100 });
      await page.getByRole("option").first().click();
      const file = await save(page, "Save both as one picture");
      expect(file).toMatch(
        /^<\?xml .*<title>Row \(cjs .*\): Chrome 147 refused, .*; Node refused/s,
      );
      expect(file).not.toMatch(/class=|var\(|tabindex|role="option"|<!--|light-dark|inherit/);
      expect(file).toContain("the server cuts the connection");
      // The sentence for screen readers, which is not seen on the page.
      expect(file).not.toContain("Chrome 147 sends GET");
      const image = await played.browser.newPage();
      const data = Buffer.from(file).toString("base64");
      await image.setContent(`<img src="data:image/svg+xml;base64,${data}">`);
      const width = "document.images[0].decode().then(() => document.images[0].naturalWidth)";
      expect(await image.evaluate(width)).toBe(1168);
      await image.close();
    });

    it("of both has the sentence above them; of one of two, it is drawn as if it were alone, with nothing chosen", async () => {
      const { page } = await visitWire(played, played.scenes.websocket, { width: 1100 });
      const { name, text: both } = await saveFile(page, "Save both as one picture");
      expect(name).toMatch(/^lesson-0-row-\d+-browser-and-node\.svg$/);
      const stopped = "After the refusal the sandbox stopped Chrome 147, which would otherwise";
      expect(both).toContain(`>${stopped}`);
      expect(await page.locator("wire-view").textContent()).toContain(stopped);
      expect(both).toContain(">They diverge at GET /socket.io/ (websocket handshake)");
      expect(both.match(/they diverge here/g)).toHaveLength(2);
      await page.getByRole("button", { name: "Chrome 147", exact: true }).click();
      const before = await save(page, "Save as a picture");
      await page.getByRole("option").first().click();
      expect(await save(page, "Save as a picture")).toBe(before);
      await page.getByRole("button", { name: "Both", exact: true }).click();
      const [, height] = /height="(\d+)"/.exec(before)!;
      const shown = await page
        .locator(".wire-figure .wire-diagram")
        .first()
        .evaluate((svg) => svg.clientHeight);
      expect(Number(height)).toBeLessThan(shown - 100);
      expect(before).toContain("they diverge here");
      expect(await page.locator("svg.wire-diagram").count()).toBe(4);
    });

    it("of the trace is JSON without a whole token", async () => {
      const { page } = await visitWire(
        played,
        { node: played.scenes.websocket.node },
        { width: 700 },
      );
      const text = await save(page, "Save Node as JSON");
      expect(JSON.parse(text)).toMatchObject({
        attempt: "Row",
        client: "Node",
        outcome: expect.stringMatching(/^connected, /),
        steps: played.scenes.websocket.node.trace.steps,
      });
      expect(text).not.toContain(played.goodToken.slice(-7));
    });
  });
}

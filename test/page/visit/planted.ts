// What others wrote stays text on the page: HTML in a lesson's words or in the server's log is shown as it is written.
import type { Page, WebSocketRoute } from "playwright-core";
import { describe, expect, it } from "vitest";
import { renderWords } from "../../../scripts/sandbox/lesson-html.ts";
import { MOST_LOG_LINES } from "../../../scripts/model/protocol.ts";
import { ownShows, type Site, visit } from "./site.ts";

const PLANTED = '<img src="x" onerror="globalThis.isHit = true">';

/** The answer to a call, with other words if it is a lesson: what the server would make of a planted README. */
function plantWords(message: string): string {
  const [, head, body] = /^(43\d+)(\[.*"explanation":.*)$/s.exec(message) ?? [];
  if (head === undefined || body === undefined) return message;
  const [reply] = JSON.parse(body) as [{ answer: { explanation: string } }];
  const words = `# Title\n\n${PLANTED}\n\nand **${PLANTED}** [here](javascript:isHit=true)\n\n![$& $'](own.svg)\n\n## What happens\n\nIt.`;
  const planted = renderWords(words, 3, new Map([["own.svg", "<svg ></svg>"]]));
  return head + JSON.stringify([{ answer: { ...reply.answer, ...planted } }]);
}

/** Between the page and its control channel: plants words, and a line of the log behind those that were there before. */
function plant(channel: WebSocketRoute): void {
  const server = channel.connectToServer();
  server.onMessage((message) => {
    channel.send(plantWords(String(message)));
    const entry = { atMs: 1, server: PLANTED, line: PLANTED, isCrash: true };
    if (String(message).startsWith('42["earlierLog"'))
      channel.send(`42${JSON.stringify(["log", entry])}`);
  });
}

function countHits(page: Page): Promise<unknown> {
  return page.evaluate("[document.images.length, globalThis.isHit]");
}

export function plantedTests(site: () => Site): void {
  describe("a log without an end", () => {
    it("shows its last lines, and nothing is left of the others", async () => {
      await visit(site(), { path: "/" }, async (page) => {
        const channels: WebSocketRoute[] = [];
        await page.routeWebSocket(/\/control\//, (channel) => {
          channel.connectToServer();
          channels.push(channel);
        });
        await page.goto(site().sandbox.address("/sandbox"));
        await ownShows(page, "node", "john");
        await page.keyboard.press("l");
        const lines = page.getByRole("log").locator("p");
        const told = (event: string, entries: unknown): void =>
          channels.at(-1)!.send(`42${JSON.stringify([event, entries])}`);
        const entries = Array.from({ length: MOST_LOG_LINES + 50 }, (_, atMs) => {
          const line = `line ${atMs}`;
          return { id: String(atMs), atMs, server: "x", line, isCrash: false };
        });
        told("earlierLog", entries.slice(0, MOST_LOG_LINES));
        for (const entry of entries.slice(MOST_LOG_LINES)) told("log", entry);
        await lines.filter({ hasText: `line ${MOST_LOG_LINES + 50 - 1}` }).waitFor();
        expect(await lines.count()).toBe(MOST_LOG_LINES);
        const nodes = `document.querySelector("log-lines").childNodes.length`;
        expect(await page.evaluate(nodes)).toBe(MOST_LOG_LINES);
      });
    });
  });

  describe("HTML that others wrote", () => {
    it("stays text in a lesson's words and in the log", async () => {
      await visit(site(), { path: "/" }, async (page) => {
        await page.routeWebSocket(/\/control\//, plant);
        await page.goto(site().sandbox.address("/lesson/2"));
        await page.getByText("5 questions").waitFor();
        const words = page.locator(".prose");
        expect((await words.innerText()).split(PLANTED)).toHaveLength(3);
        expect(await words.locator("a, img").count()).toBe(0);
        expect(await words.locator("svg").getAttribute("aria-label")).toBe("$& $'");
        await page.keyboard.press("l");
        const line = page.getByRole("log").locator("p").filter({ hasText: "onerror" });
        expect((await line.innerText()).split(PLANTED)).toHaveLength(3);
        expect(await countHits(page)).toEqual([0, undefined]);
      });
    });

    it("could do nothing even if it were not: the policy allows no code in it", async () => {
      await visit(site(), { path: "/" }, async (page, { complaints }) => {
        await page.evaluate((html) => {
          Object.assign(globalThis, { broken: [] });
          addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
            (globalThis as unknown as { broken: string[] }).broken.push(effectiveDirective);
          });
          document.body.insertAdjacentHTML("beforeend", html);
          const script = document.createElement("script");
          script.textContent = "globalThis.isHit = true";
          document.body.append(script);
        }, PLANTED);
        await expect
          .poll(async () => (await page.evaluate<string[]>("broken")).toSorted())
          .toEqual(["script-src-attr", "script-src-elem"]);
        expect(await countHits(page)).toEqual([1, undefined]);
        expect(complaints.splice(0)).toHaveLength(2);
      });
    });
  });
}

// What is looked at in the words of a lesson and in the path through it.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { texts } from "./site.ts";

/** The name of a row opens it beside the words, a heading opens the code, a term says what it means, and the end leads on. */
export async function hasWordsThatAct(page: Page): Promise<void> {
  await page.keyboard.press("w");
  const chip = page.locator(".chip", { hasText: "Payload, expired token" });
  expect(await chip.getAttribute("title")).toMatch(/^Chrom\w+ \d+: refused, Node \d+: refused$/);
  await chip.click();
  const head = page.locator(".detail-head h2");
  await head.filter({ hasText: "Payload, expired token, websocket only" }).waitFor();
  expect(await page.locator(".prose").count()).toBe(1);
  const term = page.locator(".term", { hasText: "payload" });
  const meaning = term.getByText("What io({ auth }) sends");
  await term.hover();
  const { x, y, width, height } = (await meaning.boundingBox())!;
  const words = (await page.locator(".prose").boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(words.x + words.width);
  // The pointer can go there.
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 40 });
  expect(await meaning.isVisible()).toBe(true);
  await page.mouse.move(0, 0);
  await term.focus();
  await meaning.waitFor();
  await page.keyboard.press("Escape");
  await meaning.waitFor({ state: "hidden" });
  await page.locator(".code-link", { hasText: "The check" }).click();
  await page.locator(".excerpt:focus h2", { hasText: "The check" }).waitFor();
  expect(await page.locator(".excerpt:focus pre").innerText()).toContain("//");
  // The words stay beside the code, and keep the place that one came from; a row takes the code's place.
  expect(await page.locator(".prose").isVisible()).toBe(true);
  await page.keyboard.press("Escape");
  await page.locator(".code-link:focus", { hasText: "The check" }).press("Enter");
  await page.locator(".excerpt:focus").waitFor();
  expect(await head.count()).toBe(0);
  await page.locator(".chip", { hasText: "Polling only" }).click();
  await head.filter({ hasText: "Polling only" }).waitFor();
  expect(await page.locator(".excerpt").count()).toBe(0);
  await page.getByRole("button", { name: "Rows" }).click();
  await page.getByRole("button", { name: "Read what happened" }).click();
  await page.locator("#what-happens:focus").waitFor();
  expect(await page.locator(".takeaways li").count()).toBe(3);
  expect(await texts(page.locator(".path [aria-current]"))).toEqual(["Take away"]);
  const next = page.locator(".takeaways").getByRole("link", { name: "Passport or manual" });
  expect(await next.getAttribute("href")).toBe("/lesson/4");
}

/** Each step of the path leads to its part; the predictions stay. */
export async function hasSteps(page: Page): Promise<void> {
  const step = (words: string): Locator => page.getByRole("button", { name: words, exact: true });
  for (const [words, part] of [
    ["Step 1: Read", "h1:focus"],
    ["Step 3: Run", ".cell-button:focus"],
    ["Step 4: On the wire", ".detail-section:focus"],
    ["Step 5: Take away", "#take-away:focus"],
  ] as const) {
    await step(words).click();
    await page.locator(part).waitFor();
  }
  await step("Step 2: Predict").click();
  await page.getByText("Question 3 of 5").waitFor();
  expect(await page.locator(".path button").count()).toBe(3);
  await step("Step 3: Run").click();
  await page.getByRole("button", { name: "Your predictions: 0 of 2 correct." }).waitFor();
  // It is opened after this run as well.
  await page.locator(".detail-section").getByRole("heading", { name: "Websocket only" }).waitFor();
}

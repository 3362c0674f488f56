// Looks for what does not fit, in a font that is wider than any that a reader's system may have.
import type { Page } from "playwright-core";
import type { LogEntry } from "../../../scripts/model/protocol.ts";

/** Every letter as wide as a monospaced one, and as far from the next as WCAG 1.4.12 lets a reader set it. */
const WIDE_FONT = `
  :root { --sans: "JetBrains Mono"; }
  * { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
`;

/** So many that the bar of the log is full. */
const CRASHES = Array.from({ length: 12 }, (_, index): LogEntry => {
  const line = "The esm variant (passport) ended (SIGKILL).";
  return { id: `crash ${index}`, atMs: 1, server: "esm · passport", line, isCrash: true };
});

/** Adds the crashes to the log of a page that is opened from now on. */
export async function plantCrashes(page: Page): Promise<void> {
  await page.routeWebSocket(/\/control\//, (channel) => {
    const server = channel.connectToServer();
    server.onMessage((message) => {
      channel.send(message);
      if (String(message).startsWith('42["earlierLog"'))
        for (const entry of CRASHES) channel.send(`42${JSON.stringify(["log", entry])}`);
    });
  });
}

/** What does not fit at these widths, a line each. Afterwards the page is as it was. */
export async function layoutFaults(page: Page, widths: readonly number[]): Promise<string[]> {
  const before = page.viewportSize()!;
  const style = await page.addStyleTag({ content: WIDE_FONT });
  const faults: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ ...before, width });
    const found = new Set(await page.evaluate(findFaults));
    faults.push(...Array.from(found, (fault) => `at ${width} pixels, ${fault}`));
  }
  await style.evaluate((element: HTMLStyleElement) => element.remove());
  await page.setViewportSize(before);
  return faults;
}

/** Runs in the page, and so has all that it needs in itself. */
async function findFaults(): Promise<string[]> {
  // What measures itself, as a diagram does, is drawn again after a frame.
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const wide = document.documentElement.scrollWidth;
  const faults = wide > innerWidth ? [`the page is ${wide} pixels wide`] : [];
  for (const element of document.querySelectorAll<HTMLElement>("#page *")) {
    const { display, overflowX, visibility } = getComputedStyle(element);
    // A box of one pixel is there for screen readers alone; a diagram has its own measures.
    const isSeen = element.clientHeight > 1 && visibility === "visible";
    if (!isSeen || display === "inline" || overflowX !== "visible" || element.closest("svg"))
      continue;
    const name = `${element.localName}.${element.className} "${element.textContent.trim().slice(0, 40)}"`;
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== "",
    );
    if (hasText && element.scrollWidth > element.clientWidth + 1)
      faults.push(`${name} is wider than its place`);
    // Beside its name, a value needs room for a word.
    if (element.matches("dd") && element.clientWidth < 72)
      faults.push(`${name} has ${element.clientWidth} pixels`);
    if (!element.matches("button, a, label")) continue;
    // What is further right is reached by scrolling a part that scrolls sideways, or not at all.
    const around: Element[] = [];
    for (let each = element.parentElement; each !== null; each = each.parentElement)
      around.push(each);
    const scrolls = around.some((each) => /auto|scroll/.test(getComputedStyle(each).overflowX));
    if (element.getBoundingClientRect().right > innerWidth + 1 && !scrolls)
      faults.push(`${name} is out of sight`);
  }
  return faults;
}

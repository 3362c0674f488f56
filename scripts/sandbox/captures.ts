// Takes pictures of the sandbox page, each of a view that is complete.
import path from "node:path";
import type { Browser, Page } from "playwright-core";

interface View {
  name: string;
  /** Path and query on the sandbox. */
  path: string;
  /** Resolves when there is nothing left to wait for. */
  complete(page: Page): Promise<void>;
}

/** What the README shows. */
export const LESSON: View = {
  name: "lesson",
  path: "/lesson/3?attempt=websocket&client=browser",
  async complete(page) {
    await page
      .locator(".result-bar")
      .getByText(/all \d+ match the lesson/)
      .waitFor();
    await page.locator(".wire-diagram").first().waitFor();
  },
};

/** The others, to look at after a change of the page. */
export const OTHER_VIEWS: readonly View[] = [
  waitingFor({ name: "lessons", path: "/" }, ".lesson-item"),
  waitingFor({ name: "predict", path: "/lesson/3" }, ".ask .strong"),
  waitingFor({ name: "sandbox", path: "/sandbox?attempt=own&client=browser" }, ".wire-diagram"),
  waitingFor({ name: "bench", path: "/bench" }, ".verdict-card"),
  waitingFor({ name: "exercise", path: "/exercise/4" }, ".check-line.is-failed"),
  waitingFor({ name: "compare", path: "/compare/tokens" }, ".run.is-different"),
];

function waitingFor(view: Omit<View, "complete">, selector: string): View {
  return { ...view, complete: (page) => page.locator(selector).first().waitFor() };
}

export interface Look {
  width: number;
  colorScheme: "light" | "dark";
}

interface CaptureOptions {
  browser: Browser;
  /** Gives a path its whole address, with the key. */
  address: (path: string) => string;
  folder: string;
}

// As high as a laptop's window; a phone is scrolled, so there the whole page is in the picture.
const HEIGHT = 900;
const PHONE_WIDTH = 360;

/** @returns the file of the picture */
export async function capture(
  view: View,
  { width, colorScheme }: Look,
  { browser, address, folder }: CaptureOptions,
): Promise<string> {
  const viewport = { width, height: HEIGHT };
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    await page.goto(address(view.path));
    await view.complete(page);
    // Fonts come late, and lines are as long as their letters are wide.
    await page.evaluate("document.fonts.ready");
    const file = path.join(folder, `${view.name}-${width}-${colorScheme}.png`);
    await page.screenshot({ path: file, fullPage: width === PHONE_WIDTH });
    return file;
  } finally {
    await context.close();
  }
}

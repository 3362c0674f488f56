// The lab's browser: found and started once, when it is first needed, and again if it has ended.
import type { Browser } from "./browser.ts";
import type { PageSupply } from "./page-supply.ts";

export interface LabBrowser {
  /** Whether connections that are idle stay open after an attempt, as those of a page do that goes on to serve another. */
  readonly leavesConnections: boolean;
  /** Starts it ahead of its first use, which reports a failure. */
  warm(): void;
  /** `Chrome 147`, or undefined where there is no browser. */
  name(): Promise<string | undefined>;
  /** How to get a browser, where there is none. */
  missing(): Promise<string | undefined>;
  /** @throws BrowserError (code BROWSER_FAILED), ChromePathError (code BAD_CHROME_PATH) */
  usePage: PageSupply["use"];
  close(): Promise<void>;
}

interface Started {
  browser: Browser;
  pages: PageSupply;
}

type Start = Started | { missing: string };

interface LabBrowserOptions {
  /** How many attempts a page serves; 1, if left out. */
  usesPerPage?: number;
  /** Called with each browser that was started. */
  onStart?: (browser: Browser) => void;
}

/** @param url the page that each attempt is made in */
export function labBrowser(
  url: string,
  { usesPerPage = 1, onStart }: LabBrowserOptions = {},
): LabBrowser {
  let starting: Promise<Start> | undefined;
  let isClosed = false;

  async function start(): Promise<Start> {
    // Loaded only now, so that a first attempt in Node need not wait for it.
    const [{ startFirst }, { startBrowser }, { supplyPages }, { attemptPage }] = await Promise.all([
      import("./find-browser.ts"),
      import("./browser.ts"),
      import("./page-supply.ts"),
      import("./attempt-page.ts"),
    ]);
    // A mistake in the page is reported here, and not later by a page without its functions.
    await attemptPage();
    const browser = await startFirst(startBrowser);
    if ("missing" in browser) return browser;
    onStart?.(browser);
    return { browser, pages: supplyPages(browser, url, usesPerPage) };
  }

  async function get(): Promise<Start> {
    if (starting !== undefined && !(await isOver(starting))) return starting;
    if (isClosed) throw new Error("The browser has been closed.");
    return (starting ??= start());
  }

  /** Whether this start failed or its browser has ended since; then the next one is free to begin. */
  async function isOver(begun: Promise<Start>): Promise<boolean> {
    const [end] = await Promise.allSettled([begun]);
    if (end.status === "fulfilled") {
      if ("missing" in end.value || !end.value.browser.hasEnded()) return false;
      // Removes what it left.
      await end.value.browser.close();
    }
    if (starting === begun) starting = undefined;
    return true;
  }

  return {
    leavesConnections: usesPerPage > 1,
    warm: () => {
      // The first use reports a failure.
      get().catch(() => undefined);
    },
    name: async () => {
      const started = await get();
      return "browser" in started ? started.browser.name : undefined;
    },
    missing: async () => {
      const started = await get();
      return "missing" in started ? started.missing : undefined;
    },
    usePage: async (work) => {
      const started = await get();
      if ("missing" in started) throw new Error(started.missing);
      return started.pages.use(work);
    },
    close: async () => {
      isClosed = true;
      const [started] = await Promise.allSettled([starting]);
      if (started.status === "fulfilled" && started.value && "browser" in started.value)
        await started.value.browser.close();
    },
  };
}

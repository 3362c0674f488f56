// A supply of fresh pages of one browser: the next one is loaded before it is asked for.
import type { Browser } from "./browser.ts";
import type { BrowserPage } from "./browser-page.ts";

export interface PageSupply {
  /** Gives a page that nobody has used, for the time of `work`. */
  use<Result>(work: (page: BrowserPage) => Promise<Result>): Promise<Result>;
}

/** @param url what each page has loaded */
export function supplyPages(browser: Pick<Browser, "newPage">, url: string): PageSupply {
  let spare: Promise<BrowserPage> | undefined;

  function take(): Promise<BrowserPage> {
    const page = spare ?? browser.newPage(url);
    spare = undefined;
    return page;
  }

  function loadSpare(): void {
    if (spare !== undefined) return;
    const page = browser.newPage(url);
    spare = page;
    // If this fails, so will the next use, and that one tells why.
    page.catch(() => {
      if (spare === page) spare = undefined;
    });
  }

  return {
    async use(work) {
      const page = await take();
      try {
        return await work(page);
      } finally {
        await page.close();
        loadSpare();
      }
    },
  };
}

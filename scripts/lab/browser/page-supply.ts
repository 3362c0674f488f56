// A supply of pages of one browser: the next one is loaded before it is needed.
import type { Browser } from "./browser.ts";
import type { BrowserPage } from "./page.ts";

export interface PageSupply {
  /**
   * Gives a page that nobody else uses, for the time of `work`. It is ended if `work` fails or calls `retire`.
   */
  use<Result>(work: (page: BrowserPage, retire: () => void) => Promise<Result>): Promise<Result>;
}

interface Supplied {
  page: BrowserPage;
  usesLeft: number;
}

/**
 * @param url what each page has loaded
 * @param usesPerPage how often a page is given before it is ended
 */
export function supplyPages(
  browser: Pick<Browser, "newPage">,
  url: string,
  usesPerPage: number,
): PageSupply {
  const idle: Supplied[] = [];
  let spare: Promise<Supplied> | undefined;

  async function load(): Promise<Supplied> {
    return { page: await browser.newPage(url), usesLeft: usesPerPage };
  }

  function take(): Promise<Supplied> | Supplied {
    const used = idle.pop();
    if (used !== undefined) return used;
    const fresh = spare ?? load();
    spare = undefined;
    return fresh;
  }

  function loadSpare(): void {
    if (spare !== undefined || idle.length > 0) return;
    const loading = load();
    spare = loading;
    // If this fails, so will the next use, which says why.
    loading.catch(() => {
      if (spare === loading) spare = undefined;
    });
  }

  async function giveBack(supplied: Supplied): Promise<void> {
    if (supplied.usesLeft > 0) idle.push(supplied);
    else await supplied.page.close();
    loadSpare();
  }

  return {
    async use(work) {
      const supplied = await take();
      supplied.usesLeft -= 1;
      const retire = (): void => {
        supplied.usesLeft = 0;
      };
      try {
        return await work(supplied.page, retire);
      } catch (error) {
        retire();
        throw error;
      } finally {
        await giveBack(supplied);
      }
    },
  };
}

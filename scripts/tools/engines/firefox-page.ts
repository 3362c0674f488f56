// A page in Firefox, in a user context of its own: its cookies and connections are nobody else's.
import type { Browser, BrowserContext, Page } from "puppeteer-core";
import { callIn } from "../../lab/browser/page.ts";
import { BrowserError } from "../../lab/browser/dev-tools.ts";
import { createGate } from "../../model/gate.ts";
import type { RunningEngine } from "./engine.ts";

/** @returns opens a page; what goes wrong in it is told as a BrowserError (code BROWSER_FAILED) */
export function supplyFirefoxPages(browser: Browser): RunningEngine["newPage"] {
  // Firefox 153 fails to open a tab while it closes another ("DiscardedBrowsingContextError"): so one thing at a time.
  const gate = createGate(1);
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => gate.run(work);

  async function close(context: BrowserContext): Promise<void> {
    // A browser that has ended has no page left to end.
    if (browser.connected) await inFirefox(inTurn(() => context.close()));
  }

  return async (url) => {
    const context = await inFirefox(inTurn(() => browser.createBrowserContext()));
    try {
      const page = await inFirefox(inTurn(() => context.newPage()));
      await inFirefox(page.goto(url));
      return {
        ...callIn((expression) => evaluateIn(page, expression)),
        close: () => close(context),
      };
    } catch (error) {
      await close(context);
      throw error;
    }
  };
}

/** The value comes as text: BiDi has a form of its own for values, in which not all is as in JSON. */
async function evaluateIn(page: Page, expression: string): Promise<unknown> {
  const asText = `(async () => JSON.stringify(await (${expression})))()`;
  const json = (await inFirefox(page.evaluate(asText))) as string | undefined;
  return json === undefined ? undefined : (JSON.parse(json) as unknown);
}

async function inFirefox<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const [line = ""] = (error as Error).message.split("\n");
    throw new BrowserError(`Firefox failed: ${line}`, { cause: error });
  }
}

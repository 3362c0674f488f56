// Chromium, found and driven as everywhere in the lab.
import { BrowserError } from "../../lab/browser/dev-tools.ts";
import { findBrowser, findBrowsers, startFirst } from "../../lab/browser/find-browser.ts";
import { startBrowser } from "../../lab/browser/browser.ts";
import type { Engine } from "./engine.ts";

export const chromium: Engine = {
  name: "chromium",
  async find(env) {
    const found = await findBrowser(env);
    if ("missing" in found) return found;
    return {
      async start() {
        const browser = await startFirst(startBrowser, findBrowsers(env));
        if ("missing" in browser) throw new BrowserError(browser.missing);
        return { ...browser, leavesConnections: false };
      },
    };
  },
};

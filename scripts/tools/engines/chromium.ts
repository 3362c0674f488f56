// Chromium, found and driven as everywhere in the lab.
import { findBrowser } from "../../lab/browser/find-browser.ts";
import { startBrowser } from "../../lab/browser/browser.ts";
import type { Engine } from "./engine.ts";

export const chromium: Engine = {
  name: "chromium",
  async find(env) {
    const found = await findBrowser(env);
    if ("missing" in found) return found;
    return {
      async start() {
        const browser = await startBrowser(found);
        return { ...browser, leavesConnections: false };
      },
    };
  },
};

// The lab with an engine of the caller's own in place of its browser; servers and wire stay the same.
import { supplyPages } from "../../lab/browser/page-supply.ts";
import type { Lab } from "../../lab/lab.ts";
import { browserClient } from "../../lab/lab-clients.ts";
import type { LabBrowser } from "../../lab/browser/lab-browser.ts";
import { ATTEMPT_PAGE_PATH } from "../../lab/own-server.ts";
import type { RunningEngine } from "./engine.ts";

/** @returns the same lab, but for the client "browser" */
export function labInEngine(lab: Lab, engine: RunningEngine): Lab {
  const pages = supplyPages(engine, lab.origin + ATTEMPT_PAGE_PATH, 1);
  const usePage: LabBrowser["usePage"] = (work) => pages.use(work);
  const client = browserClient({ usePage, leavesConnections: engine.leavesConnections });
  return {
    ...lab,
    run: (choice, wanted) => lab.run(choice, wanted === "browser" ? client : wanted),
    browserName: () => Promise.resolve(engine.name),
    browserMissing: () => Promise.resolve(undefined),
  };
}

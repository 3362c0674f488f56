// The clients of a lab: how each does the acts of an attempt, and when that is over on the wire.
import { setTimeout } from "node:timers/promises";
import type { ClientTask, Outcome } from "../model/acts.ts";
import { BrowserError } from "./browser/dev-tools.ts";
import type { LabBrowser } from "./browser/lab-browser.ts";
import type { Settled } from "./wire/trace-settled.ts";

/** Waits until what a client did is over on the wire, and says whether it is. */
export type Settle = (how: Settled) => Promise<boolean>;

/** Does what a client is handed. @param pageCode what a page runs first */
export type Fill = (task: ClientTask, settle: Settle, pageCode?: string) => Promise<Outcome>;

/** Loads the Node client at once, and does not wait for it. @returns the client of a server at that origin */
export function nodeClient(): (origin: string) => Fill {
  const loading = Promise.all([import("socket.io-client"), import("../client/perform.ts")]);
  return (origin) => async (task, settle) => {
    const [{ io }, { perform }] = await loading;
    const outcome = await perform(io, origin, task);
    await settle("closed");
    return outcome;
  };
}

/** The same function, called in a page. */
export function browserClient(browser: Pick<LabBrowser, "usePage" | "leavesConnections">): Fill {
  return async (task, settle, pageCode) => {
    const outcome = await browser.usePage(async (page, retire) => {
      const told = await (pageCode === undefined
        ? page.call("perform", task)
        : inTime(
            page.evaluate(pageCode).then(() => page.call("perform", task)),
            task,
          ));
      // To end the page now would cut what the client is about to close in good order; and in a page that is kept, what is
      // still under way would get into the attempt after this one.
      if (!(await settle("idle"))) retire();
      return told;
    });
    if (!browser.leavesConnections) await settle("closed");
    return outcome as Outcome;
  };
}

/** A person's code may loop: then the page is ended. */
async function inTime<Result>(work: Promise<Result>, { timeoutMs }: ClientTask): Promise<Result> {
  const aborter = new AbortController();
  const { signal } = aborter;
  const late = setTimeout(timeoutMs + GRACE_MS, undefined, { signal }).then(() => {
    throw new BrowserError("The page did not come to the end of your code.");
  });
  return Promise.race([work, late]).finally(() => aborter.abort());
}

/** Of its own accord an attempt ends a little after its time, on a busy machine later. */
const GRACE_MS = 3_000;

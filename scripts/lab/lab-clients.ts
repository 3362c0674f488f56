// The clients of a lab: how each makes an attempt or a request, and when that is over on the wire.
import type { Attempt, AttemptRequest } from "../model/attempt.ts";
import type { Answered, Outcome, Unanswered } from "../model/outcome.ts";
import type { LabBrowser } from "./browser/lab-browser.ts";
import type { Settled } from "./wire/trace-settled.ts";

export type RequestOutcome = Answered | Unanswered;

/** Waits until what a client did is over on the wire, and tells whether it is. */
export type Settle = (how: Settled) => Promise<boolean>;

/** Lets a client do what was prepared. */
export type Perform<Prepared, Result> = (prepared: Prepared, settle: Settle) => Promise<Result>;

/** One client, with both things that it can do. */
export interface LabClient {
  connect: Perform<Attempt, Outcome>;
  request: Perform<AttemptRequest, RequestOutcome>;
}

/** Loads the Node client at once, and does not wait for it. */
export function nodeClient(): LabClient {
  const loading = Promise.all([
    import("socket.io-client"),
    import("../client/attempt.ts"),
    import("../client/request.ts"),
  ]);
  return {
    connect: async (attempt, settle) => {
      const [{ io }, { makeAttempt }] = await loading;
      const outcome = await makeAttempt(io, attempt);
      await settle("closed");
      return outcome;
    },
    request: async (request, settle) => {
      const [, , { makeRequest }] = await loading;
      const outcome = await makeRequest(request);
      await settle("closed");
      return outcome;
    },
  };
}

/** The same two functions, called in a page. */
export function browserClient(
  browser: Pick<LabBrowser, "usePage" | "leavesConnections">,
): LabClient {
  async function call<Result>(
    name: string,
    prepared: Attempt | AttemptRequest,
    settle: Settle,
  ): Promise<Result> {
    const outcome = await browser.usePage(async (page, retire) => {
      const told = await page.call(name, prepared);
      // To end the page now would cut what the client is about to close in good order; and in a page that is kept, what is
      // still under way would get into the attempt after this one.
      if (!(await settle("idle"))) retire();
      return told;
    });
    if (!browser.leavesConnections) await settle("closed");
    return outcome as Result;
  }
  return {
    connect: (attempt, settle) => call("makeAttempt", attempt, settle),
    request: (request, settle) => call("makeRequest", request, settle),
  };
}

// The clients of a lab: how each makes an attempt or a request, and when that is over on the wire.
import type { Answered, Attempt, AttemptRequest, Outcome, Unanswered } from "./attempt.ts";
import type { LabBrowser } from "./lab-browser.ts";
import type { Settled } from "./trace-settled.ts";

export type RequestOutcome = Answered | Unanswered;

/** Lets a client do what was prepared. @param settle waits until that is over on the wire */
export type Perform<Prepared, Result> = (
  prepared: Prepared,
  settle: (how: Settled) => Promise<void>,
) => Promise<Result>;

/** One client, with both things that it can do. */
export interface LabClient {
  connect: Perform<Attempt, Outcome>;
  request: Perform<AttemptRequest, RequestOutcome>;
}

/** Loads the Node client at once, and does not wait for it. */
export function nodeClient(): LabClient {
  const loading = Promise.all([
    import("socket.io-client"),
    import("./attempt.ts"),
    import("./request.ts"),
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

/**
 * The same two functions, called in a page of its own.
 * @param leavesConnections whether a page that has ended leaves its idle connections open: then nobody waits for their end
 */
export function browserClient(
  browser: Pick<LabBrowser, "usePage">,
  leavesConnections = false,
): LabClient {
  async function call<Result>(
    name: string,
    prepared: Attempt | AttemptRequest,
    settle: (how: Settled) => Promise<void>,
  ): Promise<Result> {
    const outcome = await browser.usePage(async (page) => {
      const told = await page.call(name, prepared);
      // To end the page now would cut what the client is about to close in good order.
      await settle("idle");
      return told;
    });
    await settle(leavesConnections ? "idle" : "closed");
    return outcome as Result;
  }
  return {
    connect: (attempt, settle) => call("makeAttempt", attempt, settle),
    request: (request, settle) => call("makeRequest", request, settle),
  };
}

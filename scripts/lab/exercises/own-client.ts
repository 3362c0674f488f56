// Makes an attempt with the client options that a person writes: in Node, and in a browser, where there is one.
import type { OwnOptions } from "../../client/connection.ts";
import type { Check } from "../../model/exercise.ts";
import type { Client } from "../../model/vocabulary.ts";
import type { RunChoice } from "../client-task.ts";
import type { Lab, Seen } from "../lab.ts";
import type { WorkingOptions } from "./own-options.ts";

/** Where there is no browser, Node does what a page does. @throws OwnCodeError, BrowserError */
export async function runOwn(
  lab: Lab,
  own: WorkingOptions,
  choice: RunChoice,
  client: Client,
): Promise<Seen> {
  if (client === "browser" && (await lab.browserName()) !== undefined) {
    // Before a page runs the file: of what ends it, or keeps it from loading, Node says more.
    await own.read("");
    return lab.run({ ...choice, pageCode: await own.pageCode() }, client);
  }
  return lab.run(choice, async (task, settle) => {
    const [{ io }, { perform }] = await Promise.all([
      import("socket.io-client"),
      import("../../client/perform.ts"),
    ]);
    const outcome = await perform(io, lab.origin, task, async (token) => {
      const options = await own.read(token);
      return client === "browser" ? asInAPage(options) : options;
    });
    await settle("closed");
    return outcome;
  });
}

/** A browser sends no header with a websocket request. What would go by polling is taken from it as well. */
function asInAPage(options: OwnOptions): OwnOptions {
  return { ...options, extraHeaders: {}, transportOptions: {} };
}

/** What a person must know of the browser: that there is none, or that the one they have named does not run. */
export async function lookForBrowser(lab: Lab): Promise<Pick<Check, "remark" | "problem">> {
  try {
    const missing = await lab.browserMissing();
    if (missing === undefined) return {};
    const remark = `The rows of a page were made in Node, without the headers that a page cannot send: ${missing}`;
    return { remark };
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (code !== "BAD_CHROME_PATH" && code !== "BROWSER_FAILED") throw error;
    return { problem: { message } };
  }
}

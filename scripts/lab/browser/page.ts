// A page in a context of its own, and calls into it.
import { BrowserError, type DevTools } from "./dev-tools.ts";

export interface BrowserPage {
  /**
   * Evaluates an expression in the page; a promise is waited for.
   * @returns its value, as far as JSON can hold it
   */
  evaluate(expression: string): Promise<unknown>;
  /** Calls a global function of the page. @param args plain data */
  call(name: string, ...args: unknown[]): Promise<unknown>;
  /** Ends the page and all its connections. */
  close(): Promise<void>;
}

interface Evaluation {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

/** Loads an address and waits until the page has run its scripts. */
export async function openPage(devTools: DevTools, url: string): Promise<BrowserPage> {
  const { browserContextId } = await devTools.send("Target.createBrowserContext");
  const close = async (): Promise<void> => {
    try {
      await devTools.send("Target.disposeBrowserContext", { browserContextId });
    } catch (error) {
      // A browser that has ended has no page left to end.
      if (!devTools.hasEnded()) throw error;
    }
  };
  try {
    const sessionId = await load(devTools, browserContextId, url);
    const evaluate = (expression: string): Promise<unknown> =>
      evaluateIn(devTools, sessionId, expression);
    const call = (name: string, ...args: unknown[]): Promise<unknown> =>
      evaluate(`${name}(${args.map((each) => JSON.stringify(each)).join()})`);
    return { evaluate, call, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function load(devTools: DevTools, browserContextId: unknown, url: string): Promise<string> {
  const blank = { url: "about:blank", browserContextId };
  const { targetId } = await devTools.send("Target.createTarget", blank);
  const attached = await devTools.send("Target.attachToTarget", { targetId, flatten: true });
  const sessionId = String(attached["sessionId"]);
  await Promise.all([
    devTools.send("Page.enable", {}, sessionId),
    devTools.send("Inspector.enable", {}, sessionId),
  ]);
  await Promise.all([
    devTools.next("Page.loadEventFired", sessionId),
    navigate(devTools, sessionId, url),
  ]);
  return sessionId;
}

async function navigate(devTools: DevTools, sessionId: string, url: string): Promise<void> {
  const answer = await devTools.send("Page.navigate", { url }, sessionId);
  const { errorText } = answer as { errorText?: string };
  if (errorText !== undefined)
    throw new BrowserError(`The browser could not load ${url}: ${errorText}`);
}

async function evaluateIn(
  devTools: DevTools,
  sessionId: string,
  expression: string,
): Promise<unknown> {
  const asked = { expression, awaitPromise: true, returnByValue: true };
  const answer = await devTools.send("Runtime.evaluate", asked, sessionId);
  const { result, exceptionDetails } = answer as unknown as Evaluation;
  if (exceptionDetails === undefined) return result.value;
  const { exception, text } = exceptionDetails;
  throw new BrowserError(`The page failed: ${exception?.description ?? text}`);
}

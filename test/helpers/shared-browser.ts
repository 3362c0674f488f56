// One browser for all tests that a worker runs: Vitest keeps its modules from file to file. Each test has pages in contexts of
// its own. It ends with the worker, since it reads from a pipe of that.
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../scripts/lab/browser/playwright-browser.ts";

let launched: Promise<Browser> | undefined;

/** Nobody closes it: a test that ends its browser launches one for itself. */
export function sharedBrowser(): Promise<Browser> {
  return (launched ??= launchBrowser());
}

/** What a test file has opened and not closed. */
export async function closePages(): Promise<void> {
  const contexts = (await launched)?.contexts() ?? [];
  await Promise.all(contexts.map((context) => context.close()));
}

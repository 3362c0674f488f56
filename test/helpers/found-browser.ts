// The browser that the tests run, as the lab finds it.
import {
  findBrowsers,
  type FoundBrowser,
  startFirst,
} from "../../scripts/lab/browser/find-browser.ts";

/** The most wanted of those that are found. */
export function findBrowser(
  ...search: Parameters<typeof findBrowsers>
): ReturnType<typeof startFirst<FoundBrowser>> {
  return startFirst((found) => Promise.resolve(found), findBrowsers(...search));
}

/** Where the tests run, there is one. */
export async function foundBrowser(): Promise<FoundBrowser> {
  const found = await findBrowser();
  if ("missing" in found) throw new Error(found.missing);
  return found;
}

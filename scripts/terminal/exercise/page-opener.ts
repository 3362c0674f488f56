// Opens an exercise on the sandbox page, in the person's own browser, and says where it is.
import { openInBrowser } from "../browser-window.ts";
import type { LiveParts } from "./live-parts.ts";

/** @param sandbox is called each time, and may start one */
export function pageOpener(
  sandbox: () => Promise<{ newAddress(pagePath: string): string }>,
): LiveParts["openPage"] {
  return async ({ exercise, variant }, say) => {
    const address = (await sandbox()).newAddress(`/exercise/${exercise.id}?variant=${variant}`);
    say(`The page opens in your browser: ${address}`);
    await openInBrowser(address, (sentence) => say(`${address} ${sentence}`));
  };
}

// Whether the browser of the tests can open a page over TLS. Without an installed one it is npm's, which comes without a
// library that TLS needs (libsqlite3): on a bare system it ends at the first such page. No lesson needs one.
import { launchBrowser } from "../../scripts/lab/browser/playwright-browser.ts";
import { forwardHttp } from "./forwarders.ts";

async function openPage(): Promise<boolean> {
  const [browser, server] = await Promise.all([
    launchBrowser(),
    forwardHttp("https", (headers) => headers),
  ]);
  try {
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    // Nothing is forwarded: that an answer does not come is no fault of the browser's.
    await page.goto(server.origin).catch(() => undefined);
    return browser.isConnected();
  } finally {
    await browser.close();
    await server.stop();
  }
}

export const canOpenTls = await openPage();

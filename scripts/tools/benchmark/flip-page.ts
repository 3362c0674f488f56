// How long a flip of a switch takes on the sandbox page: from the key until both outcomes of the own attempt are there,
// beside the same run once more without a flip.
import { EventEmitter, once } from "node:events";
import { startBrowser } from "../../lab/browser/browser.ts";
import type { FoundBrowser } from "../../lab/browser/find-browser.ts";
import type { BrowserPage } from "../../lab/browser/page.ts";
import { openSandbox } from "../../sandbox/sandbox.ts";
import type { Measuring } from "./measuring.ts";
import type { Row } from "./row.ts";

/** The attempt takes its own time, which is not the flip's: Engine.IO 6.6 lets many an upgrade wait for 100 ms. */
const BUDGET = { more: 50 };

/** Each comes back to its first value after three flips. */
const KEYS = { format: "f", "auth mode": "a", transports: "t" };
const FLIPS_IN_A_CIRCLE = 3;
/** Runs the attempt once more. */
const AGAIN = "r";
/** The first server, and those that are one flip away from it. */
const SERVERS = 7;

// Runs in the page. `pressed` resolves with milliseconds, once what the key has started is over.
const IN_THE_PAGE = `
  const cells = () => [...document.querySelectorAll('[data-cell^="own "]')];
  const isPending = (cell) => cell.querySelector(".is-stale, .outcome-waiting") !== null;
  globalThis.until = (isReached) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The page showed no outcome.")), 20_000);
    const look = () => {
      if (!isReached()) return;
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });
  globalThis.settled = () => until(() => cells().length === 2 && !cells().some(isPending));
  globalThis.pressed = async (key) => {
    const startedMs = performance.now();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await until(() => cells().some(isPending));
    await settled();
    return performance.now() - startedMs;
  };
`;

/** Measures the page in this browser. */
export async function measurePageFlips(found: FoundBrowser, measuring: Measuring): Promise<void> {
  measuring.onProgress("opening the page");
  const starts = new EventEmitter<{ all: [] }>();
  let missing = SERVERS;
  const sandbox = await openSandbox({
    onMistake: (error) => measuring.onRemark(String(error)),
    onListening: () => {
      missing -= 1;
      if (missing === 0) starts.emit("all");
    },
  });
  try {
    const browser = await startBrowser(found);
    try {
      const areUp = once(starts, "all");
      const page = await browser.newPage(sandbox.address("/sandbox"));
      await page.evaluate(IN_THE_PAGE);
      await page.call("settled");
      await areUp;
      await flipAll(page, measuring);
    } finally {
      await browser.close();
    }
  } finally {
    await sandbox.close();
  }
}

async function flipAll(page: BrowserPage, { rounds, onRow, onProgress }: Measuring): Promise<void> {
  const rows: Row[] = [];
  for (const name of Object.keys(KEYS))
    rows.push({
      label: `${name}, on the page`,
      unit: "ms",
      values: [],
      baselines: [],
      budget: BUDGET,
    });
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, key] of Object.values(KEYS).entries()) {
      for (let flip = 0; flip < FLIPS_IN_A_CIRCLE; flip += 1) {
        rows[index]!.values.push(Number(await page.call("pressed", key)));
        rows[index]!.baselines?.push(Number(await page.call("pressed", AGAIN)));
      }
    }
    onProgress(`on the page, ${round + 1} of ${rounds}`);
  }
  for (const row of rows) onRow(row);
}

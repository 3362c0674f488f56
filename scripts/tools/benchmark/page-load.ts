// What the sandbox page loads at first, and how long it takes until a person can use it.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Browser, startBrowser } from "../../lab/browser/browser.ts";
import { startFirst } from "../../lab/browser/find-browser.ts";
import { openSandbox } from "../../sandbox/sandbox.ts";
import { pageFiles } from "../../sandbox/page-files.ts";
import type { Measuring } from "./measuring.ts";
import type { Row } from "./row.ts";

const BUDGET_KB = 80;
const BUDGET_MS = 1_000;
const BYTES_PER_KB = 1_000;

// Both run in the page: the first resolves once the lesson's rows are there, the second with the paths of all that was loaded.
const USABLE = `new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new Error("The page showed no lesson.")), 20_000);
  const look = () => {
    if (document.querySelector("main .ask, main [data-cell]") === null) return;
    observer.disconnect();
    clearTimeout(timer);
    resolve(undefined);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { subtree: true, childList: true });
  look();
})`;
const FETCHED = `document.fonts.ready.then(() =>
  performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname))`;

/** Measures both with a sandbox that has just been opened, each time a new one. */
export async function measurePage(measuring: Measuring): Promise<void> {
  const { rounds, onRow, onProgress, onRemark } = measuring;
  const browser = await startFirst(startBrowser);
  if ("missing" in browser) return onRemark(browser.missing);
  const usable: Row = {
    label: "opened until it can be used",
    unit: "ms",
    values: [],
    baselines: [],
    budget: { value: BUDGET_MS },
  };
  let paths: string[] = [];
  try {
    // A browser's first page takes longer, whatever it is.
    await timeBlankPage(browser);
    for (let round = 0; round < rounds; round += 1) {
      usable.baselines?.push(await timeBlankPage(browser));
      const visit = await visitPage(browser, measuring);
      usable.values.push(visit.usableMs);
      paths = visit.paths;
      onProgress(`${round + 1} of ${rounds}`);
    }
  } finally {
    await browser.close();
  }
  onRow({
    label: "first load, gzip",
    unit: "kB",
    ...(await sizesOf(paths)),
    budget: { value: BUDGET_KB },
  });
  onRow(usable);
}

async function timeBlankPage(browser: Browser): Promise<number> {
  const startedMs = performance.now();
  const page = await browser.newPage("data:text/html,blank");
  const loadedMs = performance.now();
  await page.close();
  return loadedMs - startedMs;
}

async function visitPage(
  browser: Browser,
  { onRemark }: Measuring,
): Promise<{ usableMs: number; paths: string[] }> {
  const sandbox = await openSandbox({ onMistake: (error) => onRemark(String(error)) });
  try {
    const startedMs = performance.now();
    const page = await browser.newPage(sandbox.address("/lesson/3"));
    await page.evaluate(USABLE);
    const usableMs = performance.now() - startedMs;
    const paths = (await page.evaluate(FETCHED)) as string[];
    await page.close();
    return { usableMs, paths };
  } finally {
    await sandbox.close();
  }
}

/** Compressed as a server on the web would send them; on loopback the sandbox sends them as they are. */
async function sizesOf(paths: readonly string[]): Promise<{ values: number[] }> {
  const files = await pageFiles();
  const compress = promisify(gzip);
  const bytes = await Promise.all(
    ["/index.html", ...new Set(paths)].map(async (path) => {
      const body = files.get(path)?.body;
      return body === undefined ? 0 : (await compress(body)).byteLength;
    }),
  );
  return { values: [bytes.reduce((sum, each) => sum + each, 0) / BYTES_PER_KB] };
}

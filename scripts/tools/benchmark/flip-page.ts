// How long a flip of a switch takes on the sandbox page: from the key until both outcomes of the own attempt are there,
// beside the same run once more without a flip.
import { EventEmitter, once } from "node:events";
import type { Browser } from "../../lab/browser/browser.ts";
import type { Lab } from "../../lab/lab.ts";
import type { ServerChoice } from "../../lab/servers/pool.ts";
import {
  AUTH_MODES,
  TRANSPORT_CHOICES,
  type Transport,
  TRANSPORTS,
  VARIANTS,
} from "../../model/vocabulary.ts";
import { openSandbox } from "../../sandbox/sandbox.ts";
import type { Measuring } from "./measuring.ts";

/** The attempt takes its own time, which is not the flip's: Engine.IO 6.6 lets many an upgrade wait for 100 ms. */
const BUDGET = { more: 50 };

const BASE = { variant: "cjs", auth: "passport", serverTransports: [...TRANSPORTS] } as const;

/** The key of each switch, and the servers that it leads to one after the other; the last is the first again. */
const FLIPS: Record<string, { key: string; servers: ServerChoice[] }> = {
  format: { key: "f", servers: inTurn(VARIANTS).map((variant) => ({ ...BASE, variant })) },
  "auth mode": { key: "a", servers: inTurn(AUTH_MODES).map((auth) => ({ ...BASE, auth })) },
  transports: {
    key: "t",
    servers: inTurn(TRANSPORT_CHOICES).map((offer) => ({
      ...BASE,
      serverTransports: offer.split(",") as Transport[],
    })),
  },
};
/** Runs the attempt once more. */
const AGAIN = "r";

function inTurn<Value>([first, ...others]: readonly Value[]): Value[] {
  return [...others, first!];
}

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
export async function measurePageFlips(browser: Browser, measuring: Measuring): Promise<void> {
  measuring.onProgress("opening the page");
  const news = new EventEmitter<{ standingBy: [] }>();
  const sandbox = await openSandbox({
    onMistake: (error) => measuring.onRemark(String(error)),
    onStandingBy: () => news.emit("standingBy"),
  });
  try {
    const isReady = once(news, "standingBy");
    const page = await browser.newPage(sandbox.address("/sandbox"));
    await page.evaluate(IN_THE_PAGE);
    await page.call("settled");
    await isReady;
    /** A person looks at the outcome before the next flip. */
    const press = async (key: string): Promise<number> => {
      const standingBy = once(news, "standingBy");
      const tookMs = Number(await page.call("pressed", key));
      await standingBy;
      return tookMs;
    };
    await flipAll(press, sandbox.lab, measuring);
  } finally {
    await sandbox.close();
  }
}

async function flipAll(
  press: (key: string) => Promise<number>,
  lab: Pick<Lab, "restart">,
  { rounds, onRow, onProgress }: Measuring,
): Promise<void> {
  const rows = Object.keys(FLIPS).map((name) => ({
    label: `${name}, on the page`,
    unit: "ms" as const,
    values: [] as number[],
    baselines: [] as number[],
    budget: BUDGET,
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { key, servers }] of Object.values(FLIPS).entries()) {
      for (const server of servers) {
        // Some seconds later it would not run any more.
        await lab.restart(server);
        rows[index]!.values.push(await press(key));
        rows[index]!.baselines.push(await press(AGAIN));
      }
    }
    onProgress(`on the page, ${round + 1} of ${rounds}`);
  }
  for (const row of rows) onRow(row);
}

// How long a flip of a switch takes until its outcome is there: in the lab with the Node client, and on the page.
import { EventEmitter, once } from "node:events";
import { io } from "socket.io-client";
import { perform } from "../../client/perform.ts";
import { startBrowser } from "../../lab/browser/browser.ts";
import { startFirst } from "../../lab/browser/find-browser.ts";
import { goodAct } from "../../lab/client-task.ts";
import { type Lab, openLab } from "../../lab/lab.ts";
import type { ServerChoice } from "../../lab/servers/pool.ts";
import { startVariant } from "../../lab/servers/process.ts";
import type { Transport } from "../../model/vocabulary.ts";
import { measurePageFlips } from "./flip-page.ts";
import { tokenOf } from "./handshakes.ts";
import type { Measuring } from "./measuring.ts";
import type { Row } from "./row.ts";

/** From the design: at most so many milliseconds, and so many handshakes. */
const BUDGET = { value: 50, ratio: 4 };
const BOTH: Transport[] = ["polling", "websocket"];
const BASE = { variant: "cjs", auth: "passport", serverTransports: BOTH } as const;

const FLIPS: Record<string, ServerChoice[]> = {
  format: [
    { ...BASE, variant: "esm" },
    { ...BASE, variant: "ts" },
  ],
  "auth mode": [
    { ...BASE, auth: "manual" },
    { ...BASE, auth: "payload" },
  ],
  transports: [
    { ...BASE, serverTransports: ["polling"] },
    { ...BASE, serverTransports: ["websocket"] },
  ],
};

/** Measures both clients. */
export async function measureFlips(measuring: Measuring): Promise<void> {
  await measureLabFlips(measuring);
  const browser = await startFirst(startBrowser);
  if ("missing" in browser) return measuring.onRemark(browser.missing);
  try {
    await measurePageFlips(browser, measuring);
  } finally {
    await browser.close();
  }
}

async function measureLabFlips({ rounds, onRow, onProgress }: Measuring): Promise<void> {
  const rows = Object.keys(FLIPS).map((name): Row => ({
    label: `${name}, Node client`,
    unit: "ms",
    values: [],
    baselines: [],
    budget: BUDGET,
  }));
  onProgress("starting the servers");
  const running = await startVariant(BASE.variant, { auth: BASE.auth });
  const news = new EventEmitter<{ standingBy: [] }>();
  const lab = await openLab({ startsAhead: true, onStandingBy: () => news.emit("standingBy") });
  try {
    const token = await tokenOf(running.url);
    const handshake = (): Promise<unknown> => connect(running.url, token);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, choices] of Object.values(FLIPS).entries())
        for (const choice of choices) {
          // A person looks at an outcome, and then flips to a server that does not run.
          const standingBy = once(news, "standingBy");
          await run(lab, BASE);
          await Promise.all([standingBy, lab.restart(choice)]);
          rows[index]!.baselines?.push(await timed(handshake));
          rows[index]!.values.push(await timed(() => run(lab, choice)));
        }
      onProgress(`Node client, ${round + 1} of ${rounds}`);
    }
  } finally {
    await Promise.all([lab.close(), running.stop()]);
  }
  for (const row of rows) onRow(row);
}

function run(lab: Lab, choice: ServerChoice): Promise<unknown> {
  return lab.run({ ...choice, acts: [firstTransportOnly(choice)] }, "node");
}

function firstTransportOnly(choice: ServerChoice): ReturnType<typeof goodAct> {
  return { ...goodAct(choice), transports: choice.serverTransports.slice(0, 1) };
}

/** A handshake on a running server, with nothing between. */
function connect(origin: string, token: string): Promise<unknown> {
  const act = { ...firstTransportOnly(BASE), token };
  return perform(io, origin, { prefix: "", acts: [act], timeoutMs: 5_000 });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

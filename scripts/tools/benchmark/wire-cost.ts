// The CPU time that a handshake needs with `npm run trace` in front of the app, that of the app included.
import path from "node:path";
import { ROOT, startArguments } from "../../lab/servers/variants.ts";
import { type Credential, makeHandshakes, tokenOf } from "./handshakes.ts";
import { type MeasuredServer, startMeasured } from "./measured-server.ts";
import type { Measuring } from "./measuring.ts";

const RUN = path.join(ROOT, "scripts/run.mjs");
const BUDGET_RATIO = 2;
const WARM_UP_HANDSHAKES = 2000;

export async function measureWire({
  rounds,
  handshakes,
  onProgress,
  onRow,
}: Measuring): Promise<void> {
  const app = await startMeasured(startArguments("cjs"), { PORT: "0", AUTH: "payload" });
  const trace = await startMeasured([RUN, "trace", "--to", app.url], {}, /^Point .* at (\S+):/);
  try {
    const payload = JSON.stringify({ token: await tokenOf(app.url) });
    const costOf = async (servers: MeasuredServer[], url: string, count = handshakes) => {
      const before = await cpuOf(servers);
      const credential: Credential = { headers: {}, payload };
      await makeHandshakes(url, credential, { count, atOnce: 8 });
      return ((await cpuOf(servers)) - before) / count;
    };
    await costOf([app, trace], trace.url, WARM_UP_HANDSHAKES);
    const costs: { values: number[]; baselines: number[] } = { values: [], baselines: [] };
    for (let round = 0; round < rounds; round += 1) {
      costs.baselines.push(await costOf([app], app.url));
      costs.values.push(await costOf([app, trace], trace.url));
      onProgress(`${round + 1} of ${rounds}`);
    }
    onRow({ label: "handshake, traced", unit: "µs", ...costs, budget: { ratio: BUDGET_RATIO } });
  } finally {
    await Promise.all([trace.stop(), app.stop()]);
  }
}

async function cpuOf(servers: MeasuredServer[]): Promise<number> {
  const each = await Promise.all(servers.map((server) => server.cpuMicroseconds()));
  return each.reduce((sum, one) => sum + one, 0);
}

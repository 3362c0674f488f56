// The CPU time that each variant and auth mode needs for one authenticated handshake.
import path from "node:path";
import { bringCookie } from "../../client/cookie.ts";
import { ROOT, startArguments } from "../../lab/servers/variants.ts";
import { AUTH_MODES, type AuthMode, type Variant, VARIANTS } from "../../model/vocabulary.ts";
import { type Credential, makeHandshakes, tokenOf } from "./handshakes.ts";
import { type MeasuredServer, startMeasured } from "./measured-server.ts";
import type { Measuring } from "./measuring.ts";

const BASELINE = path.join(ROOT, "scripts/tools/benchmark/baseline-server.mjs");
const BUDGET_RATIO = 1.5;
const WARM_UP_HANDSHAKES = 2000;
const NO_CREDENTIAL: Credential = { headers: {}, payload: "" };

/** Measures each pair of variant and auth mode. */
export async function measureHandshakes(measuring: Measuring): Promise<void> {
  const pairs = VARIANTS.flatMap((variant) => AUTH_MODES.map((auth) => ({ variant, auth })));
  const { rounds, onProgress, onRow } = measuring;
  for (const [index, { variant, auth }] of pairs.entries()) {
    const onRound = (round: number): void =>
      onProgress(`${index * rounds + round} of ${pairs.length * rounds}`);
    const costs = await measurePair(variant, auth, { ...measuring, onRound });
    onRow({ label: `${variant}, ${auth}`, unit: "µs", ...costs, budget: { ratio: BUDGET_RATIO } });
  }
}

interface Costs {
  values: number[];
  baselines: number[];
}

type Rounds = Pick<Measuring, "rounds" | "handshakes"> & { onRound: (done: number) => void };

async function measurePair(variant: Variant, auth: AuthMode, rounds: Rounds): Promise<Costs> {
  // Both are new processes for each pair, so that neither has had more time to get faster.
  const servers = await Promise.all([
    startMeasured([BASELINE], {}),
    startMeasured(startArguments(variant), { PORT: "0", AUTH: auth }),
  ]);
  const [baseline, server] = servers;
  try {
    const credential = await credentialFor(server.url, auth);
    return await compare(baseline, { server, credential }, rounds);
  } finally {
    await Promise.all(servers.map((started) => started.stop()));
  }
}

async function compare(
  baseline: MeasuredServer,
  { server, credential }: { server: MeasuredServer; credential: Credential },
  { rounds, handshakes, onRound }: Rounds,
): Promise<Costs> {
  // Code that has run a few thousand times is several times faster than new code: warm both up alike.
  const warmUp = { count: WARM_UP_HANDSHAKES, atOnce: 8 };
  await makeHandshakes(baseline.url, NO_CREDENTIAL, warmUp);
  await makeHandshakes(server.url, credential, warmUp);
  const costs: Costs = { values: [], baselines: [] };
  for (let round = 0; round < rounds; round += 1) {
    costs.baselines.push(await costOf(baseline, NO_CREDENTIAL, handshakes));
    costs.values.push(await costOf(server, credential, handshakes));
    onRound(round + 1);
  }
  return costs;
}

/** CPU microseconds of the server for one handshake. */
async function costOf(
  server: MeasuredServer,
  credential: Credential,
  count: number,
): Promise<number> {
  const before = await server.cpuMicroseconds();
  await makeHandshakes(server.url, credential, { count, atOnce: 8 });
  return ((await server.cpuMicroseconds()) - before) / count;
}

async function credentialFor(url: string, auth: AuthMode): Promise<Credential> {
  const token = await tokenOf(url);
  if (auth === "payload") return { headers: {}, payload: JSON.stringify({ token }) };
  if (auth === "cookie") return { headers: bringCookie(token, ""), payload: "" };
  return { headers: { authorization: `Bearer ${token}` }, payload: "" };
}

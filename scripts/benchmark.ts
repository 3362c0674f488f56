// `npm run benchmark`: the CPU time of an authenticated handshake, beside Socket.IO without authentication in the same run.
import path from "node:path";
import { parseArgs } from "node:util";
import { type Credential, makeHandshakes } from "./lab/benchmark/handshakes.ts";
import { type MeasuredServer, startMeasured } from "./lab/benchmark/measured-server.ts";
import {
  AUTH_MODES,
  type AuthMode,
  ROOT,
  startArguments,
  type Variant,
  VARIANTS,
} from "./lab/variants.ts";

const HELP = `Usage: npm run benchmark [-- --rounds 7 --handshakes 400]

Measures the CPU time that each variant and auth mode needs for one authenticated handshake, and
divides it by that of Socket.IO without authentication, measured right before in the same round.

  --rounds N       how often each pair is measured; the median counts (default 7)
  --handshakes N   handshakes in one measurement (default 400)
  --help           this text`;

const BASELINE = path.join(ROOT, "scripts/lab/benchmark/baseline-server.mjs");
const BUDGET_RATIO = 1.5;
const WARM_UP_HANDSHAKES = 2000;
const NO_CREDENTIAL: Credential = { headers: {}, payload: "" };

interface Size {
  rounds: number;
  handshakes: number;
}

function readSize(): Size | undefined {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "7" },
      handshakes: { type: "string", default: "400" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const size = { rounds: Number(values.rounds), handshakes: Number(values.handshakes) };
  for (const [name, value] of Object.entries(size)) {
    if (!Number.isInteger(value) || value < 1 || value > 10_000) {
      throw new Error(`--${name} must be a whole number from 1 to 10000.`);
    }
  }
  return size;
}

async function credentialFor(url: string, auth: AuthMode): Promise<Credential> {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "john", password: "changeit" }),
  });
  const { token } = (await response.json()) as { token: string };
  if (auth === "payload") return { headers: {}, payload: JSON.stringify({ token }) };
  return { headers: { authorization: `Bearer ${token}` }, payload: "" };
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

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function measurePair(
  baseline: MeasuredServer,
  server: MeasuredServer,
  credential: Credential,
  { rounds, handshakes }: Size,
): Promise<{ cost: number; ratio: number; spread: string }> {
  // Code that has run a few thousand times is several times faster than new code: warm both up alike.
  for (const [{ url }, brought] of [
    [baseline, NO_CREDENTIAL] as const,
    [server, credential] as const,
  ]) {
    await makeHandshakes(url, brought, { count: WARM_UP_HANDSHAKES, atOnce: 8 });
  }
  const costs: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const without = await costOf(baseline, NO_CREDENTIAL, handshakes);
    const cost = await costOf(server, credential, handshakes);
    costs.push(cost);
    ratios.push(cost / without);
  }
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  return { cost: median(costs), ratio: median(ratios), spread };
}

async function measure(variant: Variant, auth: AuthMode, size: Size): Promise<string> {
  // Both are new processes for each pair, so that neither has had more time to get faster.
  const servers = await Promise.all([
    startMeasured([BASELINE], {}),
    startMeasured(startArguments(variant), { PORT: "0", AUTH: auth }),
  ]);
  const [baseline, server] = servers;
  try {
    const credential = await credentialFor(server.url, auth);
    const { cost, ratio, spread } = await measurePair(baseline, server, credential, size);
    const verdict = ratio <= BUDGET_RATIO ? "" : "  over budget";
    return `${variant.padEnd(9)}${auth.padEnd(9)}${cost.toFixed(0).padStart(4)}   ${ratio.toFixed(2)}   ${spread}${verdict}`;
  } finally {
    await Promise.all(servers.map((started) => started.stop()));
  }
}

async function benchmark(size: Size): Promise<void> {
  console.log(`CPU time of one handshake; budget: ${BUDGET_RATIO} × Socket.IO without auth\n`);
  console.log("variant  auth       µs   ratio  min–max");
  for (const variant of VARIANTS) {
    for (const auth of AUTH_MODES) console.log(await measure(variant, auth, size));
  }
}

try {
  const size = readSize();
  if (size === undefined) console.log(HELP);
  else await benchmark(size);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

// How long the conformance suite takes on all variants and in all auth modes, and how long all tests take.
import type { Measuring } from "./measuring.ts";
import { median } from "./row.ts";
import { timeBareServer, timeUntilPrinted } from "./spawned.ts";

// On two quiet cores on which a bare server starts in 30 ms.
const SUITE_BUDGET = { value: 30, ratio: 1_000 };
// 350 s in November 2026. The room above that is for new lessons; what is more has to come from what is there.
const TESTS_BUDGET = { value: 400, ratio: 13_300 };
const MS_PER_SECOND = 1_000;
const STARTS = 5;

/** What has many small steps, which even out what disturbs it, is measured once. */
export async function measureSuite(measuring: Measuring): Promise<void> {
  const args = ["scripts/run.mjs", "conformance"];
  await measureOnce("npm run conformance", args, SUITE_BUDGET, measuring);
}

export async function measureTests(measuring: Measuring): Promise<void> {
  await measureOnce("npm test", ["node_modules/vitest/vitest.mjs", "run"], TESTS_BUDGET, measuring);
}

async function measureOnce(
  label: string,
  args: string[],
  budget: { value: number; ratio: number },
  { onRow, onProgress }: Measuring,
): Promise<void> {
  const starts = await timeStarts();
  onProgress(`running ${label}`);
  const seconds =
    (await timeUntilPrinted([process.execPath, ...args], /\d+ passed, \d+ failed/)) / MS_PER_SECOND;
  // Meanwhile a machine that others use may have become another one.
  starts.push(...(await timeStarts()));
  const baselines = [median(starts) / MS_PER_SECOND];
  onRow({ label, unit: "s", values: [seconds], baselines, budget });
}

async function timeStarts(): Promise<number[]> {
  const starts: number[] = [];
  while (starts.length < STARTS) starts.push(await timeBareServer());
  return starts;
}

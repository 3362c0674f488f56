// How long the conformance suite takes on all variants in all auth modes.
import { VARIANTS } from "../variants/variants.ts";
import type { Measuring } from "./measuring.ts";
import { timeBareServer, timeUntilPrinted } from "./spawned.ts";

// From the design: 20 seconds, on a machine where a bare server starts in 28 ms.
const BUDGET = { value: 20, ratio: 714 };
const MS_PER_SECOND = 1_000;

/** Measured once: it takes many seconds, and its many small steps even out what disturbs it. */
export async function measureSuite({ onRow, onProgress }: Measuring): Promise<void> {
  onProgress("running the suite");
  const command = [process.execPath, "scripts/run.mjs", "conformance", ...VARIANTS] as const;
  const baseline = await timeBareServer();
  const seconds = (await timeUntilPrinted([...command], /\d+ passed, \d+ failed/)) / MS_PER_SECOND;
  onRow({
    label: "npm run conformance",
    unit: "s",
    values: [seconds],
    baselines: [baseline / MS_PER_SECOND],
    budget: BUDGET,
  });
}

// How long `npm run lesson 3` takes until it prints its first outcome.
import { bundleCommands } from "../../command/bundle.ts";
import type { Measuring } from "./measuring.ts";
import type { Row } from "./row.ts";
import { timeBareServer, timeUntilPrinted } from "./spawned.ts";

// From the design: 0.7 seconds, on a machine where a bare server starts in 28 ms.
const BUDGET = { value: 700, ratio: 25 };
const OUTCOME = /[✓✗] (?:connected|refused)/;
const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

/** Measures the command with npm, as a person types it, and without. */
export async function measureFirstOutcome(measuring: Measuring): Promise<void> {
  const { rounds, onProgress, onRow } = measuring;
  const commands: Row[] = [
    {
      label: "npm run lesson 3",
      unit: "ms",
      values: [],
      baselines: [],
      budget: BUDGET,
    },
    { label: "the same without npm", unit: "ms", values: [], baselines: [], budget: {} },
  ];
  const words: [string, ...string[]][] = [
    [NPM, "run", "lesson", "3", "--", "--once"],
    [process.execPath, "scripts/run.mjs", "lesson", "3", "--once"],
  ];
  // As after `npm install`, whatever was changed since.
  await bundleCommands();
  await timeUntilPrinted(words[1]!, OUTCOME);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, row] of commands.entries()) {
      row.baselines?.push(await timeBareServer());
      row.values.push(await timeUntilPrinted(words[index]!, OUTCOME));
    }
    onProgress(`${round + 1} of ${rounds}`);
  }
  for (const row of commands) onRow(row);
}

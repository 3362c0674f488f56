// The memory that a lab keeps once all rows of a lesson have been run and nobody does anything more.
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { openLab } from "../../lab/lab.ts";
import { readLesson } from "../../lab/lessons/files.ts";
import { runLesson } from "../../lab/lessons/run.ts";
import { CALM_MS } from "../../lab/servers/pool.ts";
import type { Measuring } from "./measuring.ts";
import type { Row } from "./row.ts";

// From the design.
const BUDGET = { value: 200 };
/** With two servers, with four, and with one of each format. */
const LESSONS = [3, 4, 6];
const KILOBYTES = 1_024;
/** For the servers to end, and for the spare processes to load. */
const SLACK_MS = 3_000;

/** Measures the processes that are left: what they share counted in each, and then counted once. */
export async function measureMemory({ onRow, onProgress, onRemark }: Measuring): Promise<void> {
  if (process.platform !== "linux")
    return onRemark("The memory is read from /proc: on Linux only.");
  const others = await readChildren();
  for (const number of LESSONS) {
    onProgress(`lesson ${number}`);
    const lab = await openLab({ startsAhead: true });
    try {
      await runLesson(lab, await readLesson(number), { clients: ["node"] });
      await setTimeout(CALM_MS + SLACK_MS);
      const left = (await readChildren()).filter((pid) => !others.includes(pid));
      onRow(rowOf(`lesson ${number}`, await memoryOf(left, "Rss"), BUDGET));
      onRow(rowOf("  shared parts once", await memoryOf(left, "Pss"), {}));
    } finally {
      await lab.close();
    }
  }
}

function rowOf(label: string, value: number, budget: Row["budget"]): Row {
  return { label, unit: "MB", values: [value], budget };
}

async function readChildren(): Promise<string[]> {
  const pids = await readFile(`/proc/self/task/${process.pid}/children`, "utf8");
  return pids.split(" ").filter((pid) => pid !== "");
}

async function memoryOf(pids: readonly string[], field: "Rss" | "Pss"): Promise<number> {
  const sizes = pids.map(async (pid) => {
    const facts = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(new RegExp(`^${field}: +(\\d+) kB`, "m").exec(facts)?.[1]);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / KILOBYTES;
}

// The processes that a process has left running, on Linux.
import { readdir, readFile } from "node:fs/promises";

/** The processes that a process has started, and those that they have started. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const stats = await Promise.all(
    (await readdir("/proc"))
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, "utf8").catch(() => "")),
  );
  const parents = new Map(
    stats.flatMap((stat) => {
      const match = /^(\d+) \(.*\) \S (\d+) /s.exec(stat);
      return match === null ? [] : [[Number(match[1]), Number(match[2])] as const];
    }),
  );
  const found = new Set([pid]);
  // A parent may have a higher number than its child, so look until nothing more is found.
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  found.delete(pid);
  return [...found];
}

/** One that has ended and that nobody has asked about (Z) does not run any more. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat !== "" && !/^\d+ \(.*\) Z /s.test(stat);
}

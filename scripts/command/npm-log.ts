// What a person typed before `--`, as npm notes it in its own log: it takes some flags without a trace in the environment.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A shell may stand between npm and this process. */
const GENERATIONS = 3;

/**
 * The words that npm was given before `--`. Only Linux says which log belongs to the npm that started this process;
 * elsewhere, or where npm keeps no log, there are none.
 */
export function wordsGivenToNpm(): string[] {
  if (process.platform !== "linux") return [];
  try {
    let pid = process.ppid;
    for (let generation = 0; generation < GENERATIONS; generation += 1) {
      const log = logOf(pid);
      if (log !== undefined) return wordsIn(readFileSync(log, "utf8"));
      pid = parentOf(pid);
    }
  } catch {
    // It has ended, or belongs to somebody else: then npm's own warning has to do.
  }
  return [];
}

/** The log that a process has open. */
function logOf(pid: number): string | undefined {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder)
    .map((descriptor) => readlinkSync(`${folder}/${descriptor}`))
    .find((file) => /\/[\w-]+-debug-\d+\.log$/.test(file));
}

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name of the program stands in brackets and may hold any character.
  return Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]);
}

/** `verbose argv "run" "lesson" "--auth" "manual"` */
function wordsIn(log: string): string[] {
  const line = /^\d+ verbose argv (.*)$/m.exec(log)?.[1] ?? "";
  const words = (line.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((word) => JSON.parse(word) as string);
  const end = words.indexOf("--");
  return end === -1 ? words : words.slice(0, end);
}

// Asks the TypeScript compiler about a working copy.
import { existsSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../../model/exercise.ts";
import { ownProcess } from "../owned-process.ts";
import { ROOT } from "../servers/variants.ts";

const COMPILER = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");

/** @returns what it complains about; undefined where it is not installed (`npm install --omit=dev`), or was aborted */
export async function checkTypes(
  folder: string,
  signal: AbortSignal,
): Promise<Problem[] | undefined> {
  if (!existsSync(COMPILER) || signal.aborted) return undefined;
  const command = [process.execPath, COMPILER, "--pretty", "false", "-p", folder] as const;
  const compiler = ownProcess("The TypeScript compiler", command, { cwd: folder, signal });
  const lines: string[] = [];
  compiler.output.on("line", (line) => lines.push(line));
  const { reason, sentence } = await compiler.ended;
  if (signal.aborted) return undefined;
  // What follows in deeper lines is about the line before.
  const problems = lines
    .join("\n")
    .split(/\n(?! )/)
    .flatMap(readComplaint);
  return reason === 0 || problems.length > 0 ? problems : [{ message: sentence }];
}

/** `manual.ts(8,20): error TS2304: Cannot find name 'x'.`, and in the last of its further lines the reason, if it has some. */
function readComplaint(lines: string): Problem[] {
  const [first = "", ...others] = lines.split("\n");
  const [, file, number, text] = /^(?:(.+?)\((\d+),\d+\): )?error (TS\d+: .*)$/.exec(first) ?? [];
  if (text === undefined) return [];
  const message = [text, ...others.slice(-1)].map((line) => line.trim()).join(" ");
  return [{ message, ...(file !== undefined && { file, line: Number(number) }) }];
}

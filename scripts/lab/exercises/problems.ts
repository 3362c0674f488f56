// Reads from what a server printed where a person's code went wrong. Pure.
import path from "node:path";
import type { Problem } from "../../model/exercise.ts";
import type { Crash } from "../servers/crash.ts";

/** What the guard of a spare process says. */
interface GuardWord {
  looped?: { file?: string; line?: number };
  threw?: { file: string; line: number; message: string };
}

/** Undefined for any other line. */
export function readGuardLine(line: string): GuardWord | undefined {
  if (!line.startsWith("guard {")) return undefined;
  try {
    return JSON.parse(line.slice("guard ".length)) as GuardWord;
  } catch {
    // A person's own line that begins the same.
    return undefined;
  }
}

/** Why a server did not start, or ended. @param folder of the working copy, absolute */
export function problemOf({ sentence, printed }: Crash, folder: string): Problem {
  const loop = printed.map((line) => readGuardLine(line)?.looped).find(Boolean);
  if (loop !== undefined)
    return { ...loop, message: "Your code loops without an end here; it was stopped." };
  const message = printed.find((line) => MESSAGE.test(line))?.trim() ?? sentence;
  return { message: shortPaths(message, folder), ...placeIn(printed, folder) };
}

/** `SyntaxError: …`, `Error [ERR_MODULE_NOT_FOUND]: …`; and tsx: `…/manual.ts:18:9: ERROR: …` */
const MESSAGE = /^(?:Uncaught )?\w*Error\b.*: |: ERROR: /;

/** The first place in the working copy that is named with its line. */
export function placeIn(
  printed: readonly string[],
  folder: string,
): Pick<Problem, "file" | "line"> {
  for (const line of printed)
    for (const [, file = "", number] of line.matchAll(/([^\s/\\:()']+\.(?:cjs|mjs|ts)):(\d+)/g))
      if (line.includes(path.join(folder, file))) return { file, line: Number(number) };
  return {};
}

/** A file of the working copy stands without its folder. */
export function shortPaths(text: string, folder: string): string {
  return text.replaceAll(`file://${folder}${path.sep}`, "").replaceAll(folder + path.sep, "");
}

/** Whether the reason of a refusal is no word about a token: the code threw. */
export function isMistake(reason: string | undefined): boolean {
  return MISTAKES.test(reason ?? "");
}

const MISTAKES =
  /is not defined|is not a function|is not iterable|is not a constructor|Cannot (?:read|set|access|destructure)|before initialization|Assignment to constant/;

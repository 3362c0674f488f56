// Reads from what a server printed where a person's code went wrong.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Problem } from "../../model/exercise.ts";
import type { Crash } from "../servers/crash.ts";
import { maskText } from "../wire/masking.ts";

/** What the guard of a spare process says. */
interface GuardWord {
  looped?: { file?: string; line?: number };
  threw?: { file: string; line: number; message: string };
}

/** Undefined for any other line. */
export function readGuardLine(line: string): GuardWord | undefined {
  if (!line.startsWith("guard {")) return undefined;
  try {
    const { threw, ...word } = JSON.parse(line.slice("guard ".length)) as GuardWord;
    const isThrow = typeof threw?.message === "string";
    return isThrow ? { threw: { ...threw, message: maskText(threw.message) } } : word;
  } catch {
    // A person's own line that begins the same.
    return undefined;
  }
}

/** Why a server did not start, or ended. @param folder of the working copy, absolute */
export function problemOf({ sentence, printed: whole }: Crash, folder: string): Problem {
  const printed = whole.map((line) => line.slice(0, LONGEST_LINE));
  const loop = printed.map((line) => readGuardLine(line)?.looped).find(Boolean);
  if (loop !== undefined)
    return { ...loop, message: "Your code loops without an end here; it was stopped." };
  const found = MESSAGES.map((pattern) => printed.find((line) => pattern.test(line))).find(Boolean);
  // As it is ended, it may say something.
  const isLate = sentence.includes("was ended after");
  const message = ((isLate ? undefined : found) ?? sentence)
    .trim()
    .replace(/^.*: ERROR: /, "SyntaxError: ");
  const place = placeIn(printed, folder) ?? placeOfImport(message, folder) ?? {};
  return {
    message: shortPaths(maskText(message), folder).replace("A spare process", "The server"),
    ...place,
  };
}

/** What tsx says (`…/manual.ts:18:9: ERROR: …`), or else Node: `SyntaxError: …`, `Error [ERR_MODULE_NOT_FOUND]: …`. */
const MESSAGES = [/: ERROR: /, /^(?:Uncaught )?\w*Error\b.*: /];

/** A flood may be one line. */
const LONGEST_LINE = 1_000;

type Place = Pick<Problem, "file" | "line">;

/** The first place in the working copy that is named with its line. */
function placeIn(printed: readonly string[], folder: string): Place | undefined {
  for (const line of printed)
    for (const [, file = "", number] of line.matchAll(/([^\s/\\:()']+\.(?:cjs|mjs|ts)):(\d+)/g))
      if (namesOf(path.join(folder, file)).some((name) => line.includes(name)))
        return { file, line: Number(number) };
  return undefined;
}

/** As CommonJS and tsx name a file, and as an ES module does: in a URL, a space or an umlaut is encoded. */
function namesOf(file: string): [url: string, path: string] {
  return [pathToFileURL(file).href, file];
}

/** Node names the file that imports what is not there, and not the line. */
function placeOfImport(message: string, folder: string): Place | undefined {
  const [, wanted, importer] = /Cannot find \w+ '(.*)' imported from (.*)$/.exec(message) ?? [];
  if (wanted === undefined || importer === undefined) return undefined;
  const file = path.basename(importer);
  const whole = path.join(folder, file);
  // A person's code may print the same about anything, and what is not a file may never end.
  if (!statSync(whole, { throwIfNoEntry: false })?.isFile()) return undefined;
  const lines = readFileSync(whole, "utf8").split("\n");
  const at = lines.findIndex(
    (line) => /import|from/.test(line) && line.includes(path.basename(wanted)),
  );
  return { file, ...(at >= 0 && { line: at + 1 }) };
}

/** A file of the working copy stands without its folder. */
function shortPaths(text: string, folder: string): string {
  return namesOf(folder + path.sep).reduce((rest, name) => rest.replaceAll(name, ""), text);
}

/** Whether the reason of a refusal says nothing about a token: the code threw. */
export function isMistake(reason: string | undefined): boolean {
  return MISTAKES.test(reason ?? "");
}

const MISTAKES =
  /is not defined|is not a function|is not iterable|is not a constructor|Cannot (?:read|set|access|destructure)|before initialization|Assignment to constant/;

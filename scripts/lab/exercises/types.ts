// Asks the TypeScript compiler about a working copy, and the linter about types that say nothing, such as `any`.
import { existsSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../../model/exercise.ts";
import { ownProcess } from "../owned-process.ts";
import { ROOT } from "../servers/variants.ts";
import { readFiles } from "./working-copy.ts";

const TOOLS = path.join(ROOT, "node_modules");
const COMPILER = path.join(TOOLS, "typescript", "bin", "tsc");
const LINTER = path.join(TOOLS, "oxlint", "bin", "oxlint");
const RULES = path.join(ROOT, "scripts", "lab", "exercises", "types.oxlintrc.json");

/** @returns what they complain about; undefined where they are not installed (`npm install --omit=dev`), or were aborted */
export async function checkTypes(
  folder: string,
  signal: AbortSignal,
): Promise<Problem[] | undefined> {
  if (!existsSync(COMPILER) || !existsSync(LINTER)) return undefined;
  // By name, as the linter passes over folders that git ignores.
  const files = [...(await readFiles(folder))].filter(([name]) => name.endsWith(".ts"));
  if (signal.aborted) return undefined;

  async function ask(what: string, args: string[], read: (printed: string) => Problem[]) {
    const asked = ownProcess(what, [process.execPath, ...args], { cwd: folder, signal });
    const lines: string[] = [];
    asked.output.on("line", (line) => lines.push(line));
    const { reason, sentence } = await asked.ended;
    const problems = read(lines.join("\n"));
    return reason === 0 || problems.length > 0 ? problems : [{ message: sentence }];
  }

  const compile = [COMPILER, "--pretty", "false", "-p", folder];
  const wrong = await ask("The TypeScript compiler", compile, readCompiler);
  // The linter is not for what is not TypeScript at all.
  if (signal.aborted) return undefined;
  if (wrong.length > 0) return wrong;
  const lint = [LINTER, "-c", RULES, "--format", "unix", ...files.map(([name]) => name)];
  const empty = await ask("The linter", lint, readLinter);
  return signal.aborted ? undefined : [...empty, ...files.flatMap(findSwitches)];
}

/** Comments that switch the linter off: what they hide, it does not say. */
function findSwitches([file, text]: [name: string, text: string]): Problem[] {
  return text.split("\n").flatMap((line, at) => {
    const [found] = /\b(?:oxlint|eslint)-disable[\w-]*/.exec(line) ?? [];
    return found === undefined
      ? []
      : [{ message: `"${found}" switches the check of types off.`, file, line: at + 1 }];
  });
}

/** `manual.ts(8,20): error TS2304: Cannot find name 'x'.`, and in the last of its further, deeper lines the reason. */
function readCompiler(printed: string): Problem[] {
  return printed.split(/\n(?! )/).flatMap((lines) => {
    const [first = "", ...others] = lines.split("\n");
    const [, file, line, text] = /^(?:(.+?)\((\d+),\d+\): )?error (TS\d+: .*)$/.exec(first) ?? [];
    if (text === undefined) return [];
    const message = [text, ...others.slice(-1)].map((each) => each.trim()).join(" ");
    return [{ message, ...(file !== undefined && { file, line: Number(line) }) }];
  });
}

/** `manual.ts:8:20: Unexpected `any`. Specify a different type. [Error/typescript(no-explicit-any)]` */
function readLinter(printed: string): Problem[] {
  const complaints = printed.matchAll(/^(.+?):(\d+):\d+: (.*) \[Error\/.*\]$/gm);
  return [...complaints].map(([, file = "", line, message = ""]) => ({
    message,
    file,
    line: Number(line),
  }));
}

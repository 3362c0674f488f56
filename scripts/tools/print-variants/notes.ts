// The notes on one format in a source: comments that begin with the name of a format, and go only to that format.
import type { Variant } from "../../model/vocabulary.ts";

const NAMES: Record<Variant, string> = { cjs: "CommonJS", esm: "ES modules", ts: "TypeScript" };
const NOTE = new RegExp(`^\\s*// (${Object.values(NAMES).join("|")}):`);
const COMMENT_THAT_GOES_ON = /^\s*\/\/ (?!---)/;

/** The indexes of the lines that are notes on another format; a note ends before code, a heading or another note. */
export function linesForOthers(variant: Variant, lines: readonly string[]): Set<number> {
  const found = new Set<number>();
  let isForOthers = false;
  for (const [index, line] of lines.entries()) {
    const [, name] = NOTE.exec(line) ?? [];
    if (name !== undefined) isForOthers = name !== NAMES[variant];
    else if (!COMMENT_THAT_GOES_ON.test(line)) isForOthers = false;
    if (isForOthers) found.add(index);
  }
  return found;
}

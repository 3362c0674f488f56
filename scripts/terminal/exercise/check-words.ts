// Draws what a check has found: where the file went wrong, the rows, types, the suite.
import type { Check, CheckRow } from "../../model/exercise.ts";
import { type CheckLine, checkLines } from "../../model/words/check-words.ts";
import type { Meaning, Paint } from "../paint.ts";
import { printable, wrap } from "../text.ts";

/** One line, or several that belong together. */
export interface CheckEntry {
  lines: string[];
  /** What it is about, if it has a trace. */
  row?: CheckRow;
}

const SIGNS: Record<CheckRow["result"], { sign: string; meaning: Meaning }> = {
  passed: { sign: "✓", meaning: "good" },
  failed: { sign: "✗", meaning: "bad" },
  "too busy": { sign: "–", meaning: "surprise" },
  waits: { sign: "·", meaning: "quiet" },
};

/** Everything that is known so far, in the order in which a person needs it. */
export function describeCheck(check: Check, width: number, paint: Paint): CheckEntry[] {
  const entries = checkLines(check).map((line): CheckEntry => ({
    lines: drawLine(line, width, paint),
    ...(line.row && { row: line.row }),
  }));
  const isSolved = check.isOver && check.isSolved;
  return [...entries, ...(isSolved ? [{ lines: ["", paint("strong", "Solved.")] }] : [])];
}

function drawLine(
  { result, text, remark, facts }: CheckLine,
  width: number,
  paint: Paint,
): string[] {
  const { sign, meaning } = SIGNS[result];
  const words = `${paint(meaning, sign)} ${printable(text)}`;
  return [
    ...wrap(remark ? `${words}  ${paint("quiet", remark)}` : words, width),
    ...facts.flatMap(([name, told]) =>
      wrap(`${name}: ${printable(told)}`, width - 4).map((line) => `    ${line}`),
    ),
  ];
}

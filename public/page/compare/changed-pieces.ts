// Finds the words in which lines beside each other differ. Pure.
import { diffArrays } from "diff";
import type { CodeLine } from "./code-pieces.ts";

/** With less than this in common, the whole line is another one, and to mark its words tells nothing. */
const LEAST_IN_COMMON = 0.3;

/**
 * For each line, which of its pieces not all other lines have at that place.
 * @param lines undefined where a column has no line
 */
export function changedPieces(lines: readonly (CodeLine | undefined)[]): boolean[][] {
  return lines.map((line, index) => {
    if (line === undefined) return [];
    const others = lines.filter((other, at) => at !== index && other !== undefined);
    if (others.length === 0) return line.map(() => false);
    const common = others.map((other) => piecesInCommon(line, other!));
    const isChanged = line.map((_piece, at) => common.some((each) => !each[at]));
    return isAnother(line, isChanged) ? line.map(() => false) : isChanged;
  });
}

function isAnother(line: CodeLine, isChanged: boolean[]): boolean {
  const words = line.map(({ text }, at) => ({ text, isChanged: isChanged[at]! }));
  const readable = words.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const kept = readable.filter((word) => !word.isChanged);
  return kept.length < readable.length * LEAST_IN_COMMON;
}

/** For each piece of the line, whether it is part of the longest sequence that both have. */
function piecesInCommon(line: CodeLine, other: CodeLine): boolean[] {
  const texts = [line, other].map((pieces) => pieces.map(({ text }) => text));
  return diffArrays(texts[0]!, texts[1]!).flatMap(({ added, removed, value }) =>
    added ? [] : value.map(() => !removed),
  );
}

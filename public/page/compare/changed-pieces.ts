// Finds the words in which lines beside each other differ. Pure.
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

/** The longest sequence of pieces that both have. */
function piecesInCommon(line: CodeLine, other: CodeLine): boolean[] {
  const length = Array.from({ length: line.length + 1 }, () =>
    Array.from({ length: other.length + 1 }, () => 0),
  );
  for (let a = line.length - 1; a >= 0; a -= 1)
    for (let b = other.length - 1; b >= 0; b -= 1)
      length[a]![b] =
        line[a]!.text === other[b]!.text
          ? length[a + 1]![b + 1]! + 1
          : Math.max(length[a + 1]![b]!, length[a]![b + 1]!);

  const isCommon = line.map(() => false);
  for (let a = 0, b = 0; a < line.length && b < other.length;) {
    if (line[a]!.text === other[b]!.text) {
      isCommon[a] = true;
      a += 1;
      b += 1;
    } else if (length[a + 1]![b]! >= length[a]![b + 1]!) a += 1;
    else b += 1;
  }
  return isCommon;
}

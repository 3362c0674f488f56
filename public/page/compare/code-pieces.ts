// Splits code into words, strings, comments and signs: enough to colour it and to see which words of two lines differ. Pure.

interface Piece {
  text: string;
  kind: "plain" | "keyword" | "string" | "comment";
}

export type CodeLine = Piece[];

const KEYWORDS = new Set(
  "as async await break case catch class const continue declare default else export finally for from function if import in instanceof interface let namespace new null of return satisfies static switch throw true false try type typeof undefined unknown while".split(
    " ",
  ),
);

// In this order: what begins a comment or a string ends only with it.
const PIECE =
  /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))|(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`?)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)|\s+|\d+|./suy;
// Where a value can begin, a slash begins a regular expression.
const REGULAR_EXPRESSION =
  /(?<=(?:^|[=(,:;!&|?{}[])\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*/gu;

/** Reads lines that follow each other; a block comment may go over several. */
export function readCode(lines: readonly string[]): CodeLine[] {
  let isInComment = false;
  return lines.map((line) => {
    const end = isInComment ? line.indexOf("*/") : -1;
    if (isInComment && end === -1) return [{ text: line, kind: "comment" }];
    const comment = isInComment ? line.slice(0, end + 2) : "";
    const pieces = readPieces(line.slice(comment.length));
    const last = pieces.at(-1);
    isInComment = last?.kind === "comment" && /^\/\*(?!.*\*\/$)/.test(last.text);
    return comment === "" ? pieces : [{ text: comment, kind: "comment" }, ...pieces];
  });
}

function readPieces(line: string): Piece[] {
  const expressions = [...line.matchAll(REGULAR_EXPRESSION)];
  const pieces: Piece[] = [];
  let at = 0;
  while (at < line.length) {
    const expression = expressions.find(({ index }) => index === at)?.[0];
    const piece: Piece =
      expression === undefined ? nextPiece(line, at) : { text: expression, kind: "string" };
    pieces.push(piece);
    at += piece.text.length;
  }
  return pieces;
}

function nextPiece(line: string, at: number): Piece {
  PIECE.lastIndex = at;
  const match = PIECE.exec(line)!;
  const { comment, string, word } = match.groups!;
  if (comment !== undefined) return { text: comment, kind: "comment" };
  if (string !== undefined) return { text: string, kind: "string" };
  const isKeyword = word !== undefined && KEYWORDS.has(word) && line[at - 1] !== ".";
  return { text: match[0], kind: isKeyword ? "keyword" : "plain" };
}

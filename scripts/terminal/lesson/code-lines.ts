// Lines of code in a given width: comments are wrapped again like prose, code keeps its lines and continues on the next.
import { widthOf, wrap, wrapCode } from "../text.ts";

interface CodeLine {
  text: string;
  isComment: boolean;
}

/** The lines of a piece of code, none wider than `width`. */
export function linesOfCode(source: string, width: number): CodeLine[] {
  return blocksOf(source.split("\n")).flatMap((block) => {
    const isComment = isProse(block[0]!);
    const lines = isComment
      ? breakAnew(block, width)
      : block.flatMap((line) => wrapCode(line, width));
    return lines.map((text) => ({ text, isComment }));
  });
}

/** A heading is no prose: it stands by itself. */
function isProse(line: string): boolean {
  return /^\s*\/\/ (?!---)/.test(line);
}

/** Comment lines that follow each other at one depth belong together; every other line is on its own. */
function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const isNext = last !== undefined && isProse(line) && isProse(last[0]!);
    if (isNext && depthOf(line) === depthOf(last[0]!)) last.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function depthOf(line: string): number {
  return line.search(/\S/);
}

function breakAnew(block: string[], width: number): string[] {
  if (block.every((line) => widthOf(line) <= width)) return block;
  const mark = `${" ".repeat(Math.min(depthOf(block[0]!), Math.floor(width / 2)))}// `;
  const prose = block.map((line) => line.trimStart().slice("// ".length)).join(" ");
  return wrap(prose, width - widthOf(mark)).map((line) => mark + line);
}

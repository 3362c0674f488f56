// Takes the types out of a TypeScript source and leaves everything else where it stands: code, comments, blank lines.
import { transformSync } from "@swc/wasm-typescript";
import { PrintError } from "./print-error.ts";

/** Counts lines from 1, and columns from 0. */
interface Mistake {
  message: string;
  startLine: number;
  startColumn: number;
}

/** A comment that documents what follows it. */
const TSDOC = /^[ \t]*\/\*\*[^]*?\*\/\s*/gm;

/**
 * Every type becomes blanks, and so does the documentation of what is only a type: all else keeps its line and column.
 * @param file its path, for messages
 * @throws PrintError (code CANNOT_PRINT) if it cannot be parsed, or has TypeScript syntax that is more than a type
 */
export function eraseTypes(file: string, source: string): string {
  let erased = blankTypes(file, source);
  for (const { 0: doc, index } of source.matchAll(TSDOC)) {
    const end = index + doc.length;
    const isOfType = !/\S/.test(erased[end] ?? "");
    if (isOfType)
      erased = erased.slice(0, index) + doc.replaceAll(/[^\n]/g, " ") + erased.slice(end);
  }
  return erased;
}

function blankTypes(file: string, source: string): string {
  try {
    return transformSync(source, { mode: "strip-only" }).code;
  } catch (error) {
    // The stripper throws an object of its own for a mistake in the source.
    const { message, startLine, startColumn } = error as Partial<Mistake>;
    if (startLine === undefined || startColumn === undefined) throw error;
    throw new PrintError(`${file}:${startLine}:${startColumn + 1}: ${message}`);
  }
}

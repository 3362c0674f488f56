// Prints a source of a variant in one common form: sources that are the same program, with the same comments, give the
// same text whatever their module format.
import { transform } from "esbuild";
import { type Comment, parseSync, type Program, type Span, Visitor } from "oxc-parser";
import { type Edit, markComments, sharedComments, unmarkComments } from "./comments.ts";
import { readModuleSyntax } from "./modules.ts";
import { extensionOf } from "../servers/variants.ts";
import type { Variant } from "../../model/vocabulary.ts";

/** A source that is no valid JavaScript or TypeScript; the message says where. */
export class UnreadableSourceError extends Error {
  readonly code = "UNREADABLE_SOURCE";
}

/**
 * The common form of one source: types, layout and the module syntax of its format are gone; everything that runs is
 * left, and every comment that all formats share, in its place.
 * @param file its name without the extension, for messages
 * @throws UnreadableSourceError (code UNREADABLE_SOURCE) if it cannot be parsed
 */
export async function printCommonForm(
  file: string,
  source: string,
  variant: Variant,
): Promise<string> {
  const parsed = parse(`${file}.${extensionOf(variant)}`, source);
  const { program } = parsed;
  const shared = sharedComments(source, parsed, variant);
  const { edits, exported } = readModuleSyntax(program, variant);
  const common = applyEdits(source, [...markComments(program, shared), ...edits]);
  const printed = unmarkComments(await print(common, variant), shared);
  return exported.length === 0 ? printed : `${printed}export { ${exported.join(", ")} };\n`;
}

function parse(fileName: string, source: string): { program: Program; comments: Comment[] } {
  // As a module in every format: what only the sloppy mode of CommonJS allows would not run in the other two.
  const { program, comments, errors } = parseSync(fileName, source, { sourceType: "module" });
  const [first] = errors;
  if (first === undefined) return { program, comments };
  const line = source.slice(0, first.labels[0]?.start ?? 0).split("\n").length;
  throw new UnreadableSourceError(`${fileName}, line ${line}, cannot be read: ${first.message}.`);
}

function applyEdits(source: string, edits: readonly Edit[]): string {
  let position = 0;
  let edited = "";
  for (const { start, end, text } of edits.toSorted((one, other) => one.start - other.start)) {
    edited += source.slice(position, start) + text;
    position = Math.max(position, end);
  }
  return edited + source.slice(position);
}

// --- Printing ---

const LONGEST_ON_ONE_LINE = 60;

/** Types and layout go in a first, dense print; the second gives every source the same line breaks. */
async function print(source: string, variant: Variant): Promise<string> {
  const dense = await transform(source, {
    loader: variant === "ts" ? "ts" : "js",
    target: "esnext",
    minifyWhitespace: true,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  const { code } = await transform(breakLines(dense.code), { loader: "js", target: "esnext" });
  // What is left of `import express, { type Express } from "express"`.
  return code.replaceAll(/^(import \w+), \{\} from /gm, "$1 from ");
}

/** esbuild prints a list on one line if it found it so; long ones, and those with comments, read better item by item. */
function breakLines(dense: string): string {
  const { program } = parseSync("dense.js", dense, { sourceType: "module" });
  const edits: Edit[] = [];
  const breakAt = (list: Span, first: Span | null | undefined): void => {
    const text = dense.slice(list.start, list.end);
    if (!first || (text.length <= LONGEST_ON_ONE_LINE && !text.includes('"//'))) return;
    edits.push({ start: first.start, end: first.start, text: "\n" });
  };
  new Visitor({
    ObjectExpression: (node) => breakAt(node, node.properties[0]),
    ArrayExpression: (node) => breakAt(node, node.elements[0]),
  }).visit(program);
  return applyEdits(dense, edits);
}

// The comments of a variant's source: which of them all formats share, and how they survive printing.
import { type Comment, type Program, type Span, type Statement, Visitor } from "oxc-parser";
import type { Variant } from "../../model/vocabulary.ts";

/** A comment that all three formats must have, as one text whatever the line breaks in it. */
export interface SharedComment extends Span {
  text: string;
}

/** Text that replaces a part of a source; an insertion if `start` is `end`. */
export interface Edit extends Span {
  text: string;
}

type Kind = "statement" | "field" | "property" | "element";

/** A list in the source that a marker can be put into. */
interface List extends Span {
  kind: Kind;
  items: readonly Span[];
}

// --- Which comments count ---

const OWN_NOTE: Record<Variant, string> = {
  cjs: "CommonJS:",
  esm: "ES modules:",
  ts: "TypeScript:",
};
const ANY_NOTE = new RegExp(`^(${Object.values(OWN_NOTE).join("|")})`);
const HEADING = /^--- .+ ---$/;

/**
 * Joins line comments that stand directly below each other, so that only their words count and not
 * where the lines break, and leaves out the notes on this one format, and the TSDoc of types.
 */
export function sharedComments(
  source: string,
  { program, comments }: { program: Program; comments: readonly Comment[] },
  variant: Variant,
): SharedComment[] {
  const types = program.body.filter(isOnlyType);
  const blocks: SharedComment[] = [];
  for (const comment of comments) {
    if (types.some((type) => isDocOf(type, comment, source))) continue;
    const text = plainText(comment);
    const last = blocks.at(-1);
    if (last !== undefined && continues(source, last, { ...comment, text })) {
      last.text += ` ${text}`;
      last.end = comment.end;
    } else blocks.push({ text, start: comment.start, end: comment.end });
  }
  return blocks.filter(({ text }) => !text.startsWith(OWN_NOTE[variant]));
}

function isOnlyType(statement: Statement): boolean {
  if (statement.type === "ExportNamedDeclaration")
    return statement.declaration !== null && isOnlyType(statement.declaration);
  return statement.type === "TSTypeAliasDeclaration" || statement.type === "TSInterfaceDeclaration";
}

/** TSDoc directly above a type, or inside it, belongs to the type and goes with it. */
function isDocOf(type: Span, comment: Comment, source: string): boolean {
  if (comment.type !== "Block" || !comment.value.startsWith("*")) return false;
  const isInside = type.start < comment.start && comment.end < type.end;
  return isInside || /^\r?\n$/.test(source.slice(comment.end, type.start));
}

function plainText({ type, value }: Comment): string {
  const words = type === "Line" ? value : value.replaceAll(/^\s*\*+/gm, "");
  return words.trim().replaceAll(/\s+/g, " ");
}

/** Headings, and notes on a format, begin a comment of their own. */
function continues(source: string, last: SharedComment, next: SharedComment): boolean {
  if (HEADING.test(last.text) || HEADING.test(next.text) || ANY_NOTE.test(next.text)) return false;
  const lineStart = source.lastIndexOf("\n", last.start) + 1;
  const standsAlone = source.slice(lineStart, last.start).trim() === "";
  return standsAlone && /^[^\S\n]*\r?\n[^\S\n]*$/.test(source.slice(last.end, next.start));
}

// --- How they survive printing ---

// esbuild drops comments. A string that stands where the comment stood comes through, in its place.
const MARKERS: Record<Kind, (mark: string) => string> = {
  statement: (mark) => `${mark};`,
  field: (mark) => `${mark} = 0;`,
  property: (mark) => `${mark}: 0,`,
  element: (mark) => `${mark},`,
};

/** Edits that put a marker for each comment before the statement, property or element it belongs to. */
export function markComments(program: Program, comments: readonly SharedComment[]): Edit[] {
  const lists = listsOf(program);
  return comments.map((comment, index) => {
    const list = lists
      .filter(({ start, end }) => start <= comment.start && comment.end <= end)
      .reduce((inner, next) => (next.end - next.start <= inner.end - inner.start ? next : inner));
    return insertMarker(list, comment, `"//${index}"`);
  });
}

function insertMarker({ kind, items, end }: List, comment: Span, mark: string): Edit {
  const marker = MARKERS[kind](mark);
  const next = items.find((item) => item.end > comment.end);
  if (next !== undefined) return { start: next.start, end: next.start, text: marker };
  const last = items.at(-1);
  // After the last property a comma may follow or not: the marker brings its own in front instead.
  if (last !== undefined && marker.endsWith(","))
    return { start: last.end, end: last.end, text: `, ${marker.slice(0, -1)}` };
  const position = last?.end ?? end - 1;
  return { start: position, end: position, text: marker };
}

function listsOf(program: Program): List[] {
  const whole = { start: 0, end: Number.MAX_SAFE_INTEGER };
  const lists: List[] = [{ ...whole, kind: "statement", items: program.body }];
  const add = (kind: Kind, { start, end }: Span, items: readonly (Span | null)[]): void => {
    lists.push({ kind, start, end, items: items.filter((item) => item !== null) });
  };
  new Visitor({
    BlockStatement: (node) => add("statement", node, node.body),
    StaticBlock: (node) => add("statement", node, node.body),
    SwitchCase: (node) => add("statement", node, node.consequent),
    ClassBody: (node) => add("field", node, node.body),
    ObjectExpression: (node) => add("property", node, node.properties),
    ArrayExpression: (node) => add("element", node, node.elements),
  }).visit(program);
  return lists;
}

/** Turns the markers in printed code back into comments. */
export function unmarkComments(code: string, comments: readonly SharedComment[]): string {
  return code.replaceAll(
    /^(\s*)"\/\/(\d+)"(?:;| = 0;|: 0,?|,)?$/gm,
    (_line, indent: string, index: string) => `${indent}// ${comments[Number(index)]?.text}`,
  );
}

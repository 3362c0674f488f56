// The module syntax of each format, taken out of a source: how modules load, how names are exported, file extensions.
import {
  type BindingPattern,
  type ObjectExpression,
  type ObjectPattern,
  type Program,
  type Statement,
  Visitor,
} from "oxc-parser";
import type { Edit } from "./comments.ts";
import { extensionOf } from "../servers/variants.ts";
import type { Variant } from "../../model/vocabulary.ts";

export interface ModuleSyntax {
  /** What makes an ES module without exports and file extensions of the source. */
  edits: Edit[];
  /** The exported names, sorted: `name`, or `local as name`. */
  exported: string[];
}

/** Reads the module syntax of a format, and that one only: what is foreign to the format stays, and so is a difference. */
export function readModuleSyntax(program: Program, variant: Variant): ModuleSyntax {
  const { edits, exported } = variant === "cjs" ? readCommonJs(program) : readEsModule(program);
  edits.push(...shortenImports(program, extensionOf(variant)));
  return { edits, exported: exported.toSorted() };
}

function nameAs(local: string, name: string): string {
  return local === name ? name : `${local} as ${name}`;
}

// --- CommonJS ---

function readCommonJs(program: Program): ModuleSyntax {
  const edits: Edit[] = [];
  const exported: string[] = [];
  for (const statement of program.body) {
    const { start, end } = statement;
    const imported = readRequire(statement);
    if (imported !== undefined) edits.push({ start, end, text: imported });
    const names = readModuleExports(statement);
    if (names === undefined) continue;
    exported.push(...names);
    edits.push({ start, end, text: "" });
  }
  new Visitor({
    Identifier: ({ name, start, end }) => {
      if (name === "__dirname") edits.push({ start, end, text: "import.meta.dirname" });
    },
  }).visit(program);
  return { edits, exported };
}

/** `const { a, b: c } = require("./x.cjs");` as `import { a, b as c } from "../x";` */
function readRequire(statement: Statement): string | undefined {
  if (statement.type !== "VariableDeclaration" || statement.kind !== "const") return undefined;
  const [declaration, ...others] = statement.declarations;
  const call = declaration?.init;
  if (declaration === undefined || others.length > 0 || call?.type !== "CallExpression") return;
  const [from] = call.arguments;
  if (call.callee.type !== "Identifier" || call.callee.name !== "require") return undefined;
  if (from?.type !== "Literal" || typeof from.value !== "string") return undefined;
  const names = importedNames(declaration.id);
  const file = withoutExtension(from.value, extensionOf("cjs"));
  return names && `import ${names} from ${JSON.stringify(file)};`;
}

function importedNames(id: BindingPattern): string | undefined {
  if (id.type === "Identifier") return id.name;
  const pairs = id.type === "ObjectPattern" ? plainPairs(id) : undefined;
  return pairs && `{ ${pairs.map(([key, value]) => nameAs(key, value)).join(", ")} }`;
}

/** The names in `module.exports = { a, b: c };` */
function readModuleExports(statement: Statement): string[] | undefined {
  if (statement.type !== "ExpressionStatement") return undefined;
  const { expression } = statement;
  if (expression.type !== "AssignmentExpression" || expression.operator !== "=") return undefined;
  const { left, right } = expression;
  if (left.type !== "MemberExpression" || left.object.type !== "Identifier") return undefined;
  if (left.property.type !== "Identifier" || left.computed) return undefined;
  if (`${left.object.name}.${left.property.name}` !== "module.exports") return undefined;
  const pairs = right.type === "ObjectExpression" ? plainPairs(right) : undefined;
  return pairs?.map(([key, value]) => nameAs(value, key));
}

/** Keys and values, if all of them are plain names. */
function plainPairs({
  properties,
}: ObjectPattern | ObjectExpression): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  for (const property of properties) {
    if (property.type !== "Property" || property.computed) return undefined;
    const { key, value } = property;
    if (key.type !== "Identifier" || value.type !== "Identifier") return undefined;
    pairs.push([key.name, value.name]);
  }
  return pairs;
}

// --- ES modules and TypeScript ---

function readEsModule(program: Program): ModuleSyntax {
  const edits: Edit[] = [];
  const exported: string[] = [];
  for (const statement of program.body) {
    // What is only a type, or is exported from elsewhere, is left to esbuild.
    if (statement.type !== "ExportNamedDeclaration" || statement.source !== null) continue;
    if (statement.exportKind === "type") continue;
    const { declaration, specifiers, start, end } = statement;
    edits.push({ start, end: declaration?.start ?? end, text: "" });
    if (declaration !== null) exported.push(...declaredNames(declaration));
    for (const { local, exported: name, exportKind } of specifiers)
      if (exportKind !== "type" && local.type === "Identifier" && name.type === "Identifier")
        exported.push(nameAs(local.name, name.name));
  }
  return { edits, exported };
}

function declaredNames(declaration: Statement): string[] {
  if (declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration")
    return declaration.id === null ? [] : [declaration.id.name];
  if (declaration.type !== "VariableDeclaration") return [];
  return declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
}

// --- File extensions ---

function withoutExtension(from: string, extension: string): string {
  const isOwn = from.startsWith(".") && from.endsWith(`.${extension}`);
  return isOwn ? from.slice(0, -extension.length - 1) : from;
}

function shortenImports(program: Program, extension: string): Edit[] {
  return program.body.flatMap((statement) => {
    const source = "source" in statement ? statement.source : undefined;
    if (!source || source.type !== "Literal") return [];
    const { start, end, value } = source;
    return [{ start, end, text: JSON.stringify(withoutExtension(value, extension)) }];
  });
}

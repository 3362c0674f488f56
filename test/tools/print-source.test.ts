// A source in TypeScript is printed in the other formats as a person would write it, or refused.
import { describe, expect, it } from "vitest";
import { printSource } from "../../scripts/tools/print-variants/print-source.ts";

/** A source with the given lines between others, and the lines that come of them. */
const PRINTS: { what: string; ts: string[]; esm: string[]; cjs: string[] }[] = [
  {
    what: "imports of names, of a default, and of a name under another",
    ts: [
      'import path from "node:path";',
      'import { one, type One, two as second } from "./numbers.ts";',
      'import jwt, { type SignOptions } from "jsonwebtoken";',
    ],
    esm: [
      'import path from "node:path";',
      'import { one, two as second } from "./numbers.mjs";',
      'import jwt from "jsonwebtoken";',
    ],
    cjs: [
      'const path = require("node:path");',
      'const { one, two: second } = require("./numbers.cjs");',
      'const jwt = require("jsonwebtoken");',
    ],
  },
  {
    what: "an import that needs several lines with its types, and one line without",
    ts: [
      "import {",
      "  aFunctionWithALongName,",
      "  anotherFunctionWithALongName,",
      "  type AnInterfaceWithALongName,",
      '} from "./names.ts";',
    ],
    esm: ['import { aFunctionWithALongName, anotherFunctionWithALongName } from "./names.mjs";'],
    cjs: [
      'const { aFunctionWithALongName, anotherFunctionWithALongName } = require("./names.cjs");',
    ],
  },
  {
    what: "imports of types between others",
    ts: ['import a from "a";', 'import type { B } from "b";', 'import c from "c";'],
    esm: ['import a from "a";', 'import c from "c";'],
    cjs: ['const a = require("a");', 'const c = require("c");'],
  },
  {
    what: "a type with its documentation, and the blank lines around it",
    ts: [
      "// --- Types ---",
      "",
      "/** One. */",
      "type One = {",
      "",
      "  one: 1;",
      "};",
      "",
      "run();",
    ],
    esm: ["// --- Types ---", "", "run();"],
    cjs: ["// --- Types ---", "", "run();"],
  },
  {
    what: "the documentation of what is more than a type",
    ts: ["/** Runs. */", "function run(this: One): void {}"],
    esm: ["/** Runs. */", "function run() {}"],
    cjs: ["/** Runs. */", "function run() {}"],
  },
  {
    what: "a note on one format, which ends before another, a heading, or code",
    ts: [
      "// CommonJS: the folder",
      "// of this file.",
      "// ES modules: the folder.",
      "// TypeScript: as in ES modules.",
      "// --- Folder ---",
      "const folder: string = import.meta.dirname;",
      "// Not a note.",
    ],
    esm: [
      "// ES modules: the folder.",
      "// --- Folder ---",
      "const folder = import.meta.dirname;",
      "// Not a note.",
    ],
    cjs: [
      "// CommonJS: the folder",
      "// of this file.",
      "// --- Folder ---",
      "const folder = __dirname;",
      "// Not a note.",
    ],
  },
  {
    what: "assertions, generics and characters of more than one byte",
    ts: ['const kept = new Map<string, "é–😀">([["→", "😀" as const]]) satisfies unknown; // “→”'],
    esm: ['const kept = new Map([["→", "😀"]]); // “→”'],
    cjs: ['const kept = new Map([["→", "😀"]]); // “→”'],
  },
  {
    what: "a call that needs one line less without its types",
    ts: [
      "const check = (",
      "  request: IncomingMessage,",
      "  response: ServerResponse,",
      "  next: (error?: Error) => void,",
      "): void => next();",
    ],
    esm: ["const check = (request, response, next) => next();"],
    cjs: ["const check = (request, response, next) => next();"],
  },
];

function withNeighbours(lines: readonly string[]): string {
  return `${["before();", ...lines, "after();"].join("\n")}\n`;
}

describe("a source is printed", () => {
  it.each(PRINTS)("with $what", async ({ ts, esm, cjs }) => {
    expect(await printSource("sample.ts", withNeighbours(ts), "esm")).toBe(withNeighbours(esm));
    expect(await printSource("sample.ts", withNeighbours(ts), "cjs")).toBe(withNeighbours(cjs));
  });

  it("with what it exports in one place for CommonJS", async () => {
    const source = "export async function f() {}\nexport class C {}\nexport type T = 1;\n";
    expect(await printSource("sample.ts", source, "cjs")).toBe(
      "async function f() {}\nclass C {}\n\nmodule.exports = { f, C };\n",
    );
    expect(await printSource("sample.ts", source, "esm")).toBe(
      "export async function f() {}\nexport class C {}\n",
    );
  });

  it("with its header above everything else, though an import of a type follows it", async () => {
    const source = '// What it is for.\nimport type { A } from "a";\n\nrun();\n';
    expect(await printSource("sample.ts", source, "cjs")).toBe("// What it is for.\n\nrun();\n");
  });
});

describe("a source is refused", () => {
  it.each([
    ["that is more than types", "one();\nenum A {}\n", /^sample\.ts:2:1: .*enum is not supported/],
    ["that cannot be parsed", "one();\nconst = 2;\n", /^sample\.ts:2:7: Unexpected token/],
    [
      "with a default export",
      "export default 1;\n",
      /^sample\.ts has no CommonJS form .*: export default 1;$/,
    ],
    ["with a list of exports", "export { a };\n", /^sample\.ts has no CommonJS form/],
    ["with an import for its effect", 'import "./a.ts";\n', /^sample\.ts has no CommonJS form/],
    ["with the address of the file", "f(import.meta.url);\n", /^sample\.ts has no CommonJS form/],
    ["that awaits at its top level", "await f();\n", /^sample\.ts has no CommonJS form/],
  ])("%s", async (_what, source, message) => {
    await expect(printSource("sample.ts", source, "cjs")).rejects.toThrow(message);
  });
});

// What is printed from the TypeScript variant is what is on disk, and reads as if written by hand.
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ROOT } from "../scripts/lab/servers/variants.ts";
import { printSource } from "../scripts/tools/print-variants/print-source.ts";
import {
  explain,
  findDifferences,
  writePrinted,
} from "../scripts/tools/print-variants/print-variants.ts";
import { runCommand } from "./node-process.ts";

describe("variants/cjs, variants/esm and the weaker forms of lessons", () => {
  it("are what is printed", async () => {
    expect((await findDifferences()).map(explain)).toEqual([]);
  });
});

describe("in a copy of the variants and the lessons", () => {
  let root: string;
  const inCopy = (...names: string[]): string => path.join(root, "variants", ...names);
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "print-variants-"));
    await cp(path.join(ROOT, "variants"), inCopy(), { recursive: true });
    await cp(path.join(ROOT, "lessons"), path.join(root, "lessons"), { recursive: true });
  });
  afterEach(() => rm(root, { recursive: true }));

  it("an edit in a printed file is found, and said where it belongs", async () => {
    const file = inCopy("cjs", "login.cjs");
    const printed = await readFile(file, "utf8");
    await writeFile(file, printed.replace("isUsername && isPassword", "isUsername || isPassword"));
    const differences = await findDifferences(root);
    expect(differences.map(explain)).toEqual([
      "variants/cjs/login.cjs is not what variants/ts/login.ts prints: make your change in variants/ts/login.ts, then run npm run print.",
    ]);
    expect(await writePrinted(differences, root)).toEqual(["variants/cjs/login.cjs"]);
    expect(await readFile(file, "utf8")).toBe(printed);
    expect(await findDifferences(root)).toEqual([]);
  });

  it("a change of the source is printed into both formats, and so is a new source", async () => {
    await appendFile(inCopy("ts", "login.ts"), "\nexport const LONGEST: number = 8;\n");
    await writeFile(inCopy("ts", "extra.ts"), "// Extra.\n");
    const written = await writePrinted(await findDifferences(root), root);
    const expected = ["cjs/extra.cjs", "cjs/login.cjs", "esm/extra.mjs", "esm/login.mjs"];
    expect(written.toSorted()).toEqual(expected.map((file) => path.join("variants", file)));
    expect(await readFile(inCopy("esm", "login.mjs"), "utf8")).toMatch(
      /\nexport const LONGEST = 8;\n$/,
    );
    expect(await readFile(inCopy("cjs", "login.cjs"), "utf8")).toMatch(
      /\nconst LONGEST = 8;\n\nmodule\.exports = \{ isDemoLogin, LONGEST \};\n$/,
    );
  });

  it("a file that nothing prints is found, and left alone", async () => {
    await writeFile(inCopy("esm", "login.js"), "mine");
    const differences = await findDifferences(root);
    expect(differences.map(explain)).toEqual([
      "variants/esm/login.js stands among printed files and nothing prints it: write its source and run npm run print, or remove it.",
    ]);
    expect(await writePrinted(differences, root)).toEqual([]);
    expect(await readFile(inCopy("esm", "login.js"), "utf8")).toBe("mine");
  });

  const LESSON = path.join("lessons", "04-passport-or-manual");
  const declareForm = async (text: string): Promise<void> => {
    await rm(path.join(root, LESSON, "mine"), { recursive: true, force: true });
    await writeFile(path.join(root, LESSON, "mine.json"), text);
  };

  it("a weaker form is printed in all three formats into the folder of its name", async () => {
    const change = { file: "login", text: "isUsername &&", replacement: ["isUsername ||"] };
    await declareForm(JSON.stringify([change]));
    const differences = await findDifferences(root);
    expect(explain(differences[0]!)).toContain("make your change in lessons/04-passport");
    const written = await writePrinted(differences, root);
    const expected = ["login.cjs", "login.mjs", "login.ts"];
    expect(written.toSorted()).toEqual(expected.map((name) => path.join(LESSON, "mine", name)));
    for (const file of written)
      expect(await readFile(path.join(root, file), "utf8")).toContain("isUsername || isPassword");
  });

  it("a weaker form that the variant has outgrown is refused, with what it looked for and how often that is there", async () => {
    const file = inCopy("ts", "manual.ts");
    const source = await readFile(file, "utf8");
    await writeFile(file, source.replace("req.exp = exp;", "req.exp = Number(exp);"));
    await expect(findDifferences(root)).rejects.toThrow(
      /^lessons\/04-passport-or-manual\/guide-manual\.json changes a text that variants\/ts\/manual\.ts must have once, and has 0 times:\n {2}return function/,
    );
  });

  it.each([
    ["[", /mine\.json: must be JSON, but: /],
    ["{}", /mine\.json: the file must be a list, got \{\}\.$/],
    ['[{ "file": "login", "text": "a" }]', /mine\.json: "\[0\]\.replacement" is missing\.$/],
    [
      '[{ "file": "login", "text": 1, "replacement": "" }]',
      /mine\.json: "\[0\]\.text" must be a text or a list, got 1\.$/,
    ],
  ])("a weaker form that is declared as %s is refused", async (text, message) => {
    await declareForm(text);
    await expect(findDifferences(root)).rejects.toThrow(message);
  });
});

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

describe("npm run print", () => {
  // It writes into the variants, so no test runs more of it.
  it("explains itself with --help, and says what it overwrites", async () => {
    const { stdout, code } = await runCommand("print-variants", ["--help"]);
    expect(stdout).toMatch(/^Usage: npm run print\n/);
    expect(stdout).toContain("is overwritten");
    expect(code).toBe(0);
  });
});

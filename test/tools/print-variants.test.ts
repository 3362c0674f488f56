// What is printed from the TypeScript variant is what is on disk, and an edit of it is found.
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ROOT } from "../../scripts/lab/servers/variants.ts";
import {
  explain,
  findDifferences,
  writePrinted,
} from "../../scripts/tools/print-variants/print-variants.ts";
import { runCommand } from "../helpers/node-process.ts";

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
    const file = inCopy("cjs", "payload.cjs");
    const printed = await readFile(file, "utf8");
    await writeFile(file, printed.replace("return next(refusal);", ""));
    const differences = await findDifferences(root);
    expect(differences.map(explain)).toEqual([
      "variants/cjs/payload.cjs is not what variants/ts/payload.ts prints: make your change in variants/ts/payload.ts, then run npm run print.",
    ]);
    expect(await writePrinted(differences, root)).toEqual(["variants/cjs/payload.cjs"]);
    expect(await readFile(file, "utf8")).toBe(printed);
    expect(await findDifferences(root)).toEqual([]);
  });

  it("a change of the source is printed into both formats, and so is a new source", async () => {
    await appendFile(inCopy("ts", "limits.ts"), "\nexport const LONGEST: number = 8;\n");
    await writeFile(inCopy("ts", "extra.ts"), "// Extra.\n");
    const written = await writePrinted(await findDifferences(root), root);
    const expected = ["cjs/extra.cjs", "cjs/limits.cjs", "esm/extra.mjs", "esm/limits.mjs"];
    expect(written.toSorted()).toEqual(expected.map((file) => path.join("variants", file)));
    expect(await readFile(inCopy("esm", "limits.mjs"), "utf8")).toMatch(
      /\nexport const LONGEST = 8;\n$/,
    );
    expect(await readFile(inCopy("cjs", "limits.cjs"), "utf8")).toMatch(
      /\nconst LONGEST = 8;\n\nmodule\.exports = \{ limitSession, LONGEST \};\n$/,
    );
  });

  it("a file that nothing prints is found, and left alone", async () => {
    await writeFile(inCopy("esm", "payload.js"), "mine");
    const differences = await findDifferences(root);
    expect(differences.map(explain)).toEqual([
      "variants/esm/payload.js stands among printed files and nothing prints it: write its source and run npm run print, or remove it.",
    ]);
    expect(await writePrinted(differences, root)).toEqual([]);
    expect(await readFile(inCopy("esm", "payload.js"), "utf8")).toBe("mine");
  });

  const LESSON = path.join("lessons", "04-passport-or-manual");
  const declareForm = async (text: string): Promise<void> => {
    await rm(path.join(root, LESSON, "mine"), { recursive: true, force: true });
    await writeFile(path.join(root, LESSON, "mine.json"), text);
  };

  it("a weaker form is printed in all three formats into the folder of its name", async () => {
    const change = { file: "app", text: "isUsername &&", replacement: ["isUsername ||"] };
    await declareForm(JSON.stringify([change]));
    const differences = await findDifferences(root);
    expect(explain(differences[0]!)).toContain("make your change in lessons/04-passport");
    const written = await writePrinted(differences, root);
    const expected = ["app.cjs", "app.mjs", "app.ts"];
    expect(written.toSorted()).toEqual(expected.map((name) => path.join(LESSON, "mine", name)));
    for (const file of written)
      expect(await readFile(path.join(root, file), "utf8")).toContain("isUsername || isPassword");
  });

  it("a weaker form that the variant has outgrown is refused, with what it looked for and how often that is there", async () => {
    const file = inCopy("ts", "manual.ts");
    const source = await readFile(file, "utf8");
    await writeFile(
      file,
      source.replace("refuse(req, res, error)", "refuse(req, res, String(error))"),
    );
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

describe("npm run print", () => {
  // It writes into the variants, so no test runs more of it.
  it("explains itself with --help, and says what it overwrites", async () => {
    const { stdout, code } = await runCommand("print-variants", ["--help"]);
    expect(stdout).toMatch(/^Usage: npm run print\n/);
    expect(stdout).toContain("is overwritten");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(code).toBe(0);
  });
});

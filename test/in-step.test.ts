// The three variants are one program; and a difference planted in any of them is found and named.
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compareFolders, compareSources } from "../scripts/lab/in-step/in-step.ts";
import { folderOf } from "../scripts/lab/servers/variants.ts";
import { type Variant, VARIANTS } from "../scripts/model/vocabulary.ts";
import { IN_STEP } from "./in-step-sources.ts";

function foldersIn(root: string): Record<Variant, string> {
  return { cjs: path.join(root, "cjs"), esm: path.join(root, "esm"), ts: path.join(root, "ts") };
}

function readable(drifts: readonly { message: string }[]): string {
  return drifts.map(({ message }) => message).join("\n\n");
}

describe("the variants", () => {
  it("are the same program with the same comments in all three formats", async () => {
    const folders = { cjs: folderOf("cjs"), esm: folderOf("esm"), ts: folderOf("ts") };
    expect(readable(await compareFolders(folders))).toBe("");
  });
});

describe("the small program for planting", () => {
  it("is in step", async () => {
    expect(readable(await compareSources("sample", IN_STEP))).toBe("");
  });
});

/** Compares the small program after one replacement in one format. */
function compareWith(variant: Variant, from: string, to: string) {
  const changed = IN_STEP[variant].replace(from, to);
  expect(changed, "the replacement must change something").not.toBe(IN_STEP[variant]);
  return compareSources("sample", { ...IN_STEP, [variant]: changed });
}

describe("a planted difference is found", () => {
  // What is planted, in which format, what is replaced by what, and the heading it stands under.
  const READING = "Reading";
  const CHECKING = "Checking";
  const PLANTS: [string, Variant, string, string, string | undefined][] = [
    ["a changed number", "cjs", "1000", "1001", CHECKING],
    ["a changed text", "ts", '"bad token"', '"invalid token"', CHECKING],
    ["a changed template", "esm", "no token in", "no key in", CHECKING],
    ["a weaker list of algorithms", "esm", '["HS256"]', '["HS256", "HS384"]', CHECKING],
    ["a dropped check", "esm", "  if (!SCHEME.test(header)) return null;\n", "", READING],
    ["a reversed check", "ts", "if (!SCHEME", "if (SCHEME", READING],
    ["a looser comparison", "cjs", "token === null", "token == null", CHECKING],
    ["another flag of a pattern", "ts", "+/i", "+/", READING],
    ["a dropped await", "esm", "await jwt", "jwt", CHECKING],
    ["an added async", "cjs", "function readToken", "async function readToken", READING],
    ["a dropped optional chaining", "ts", "headers?.", "headers.", CHECKING],
    ["|| instead of ??", "cjs", 'issuer ?? "', 'issuer || "', CHECKING],
    ["another default", "ts", 'string = ""', 'string = "x"', READING],
    ["let instead of const", "esm", "const SCHEME", "let SCHEME", READING],
    [
      "an added statement",
      "ts",
      '    return refuse(req, "bad',
      '    console.log(1);\n    return refuse(req, "bad',
      CHECKING,
    ],
    ["an empty catch", "cjs", '    return refuse(req, "bad token");\n', "", CHECKING],
    ["a renamed variable", "esm", "claims.data", "claim.data", CHECKING],
    [
      "a renamed export",
      "cjs",
      "{ readToken, checkToken }",
      "{ read: readToken, checkToken }",
      CHECKING,
    ],
    ["a missing export", "esm", "export function readToken", "function readToken", CHECKING],
    ["an added export", "ts", "const SCHEME", "export const SCHEME", CHECKING],
    ["another module", "esm", "node:crypto", "crypto", undefined],
    [
      "an import with the extension of another format",
      "esm",
      "bearer.mjs",
      "bearer.cjs",
      undefined,
    ],
    [
      "the folder of a file in the words of another format",
      "esm",
      "import.meta.dirname",
      "__dirname",
      READING,
    ],
    ["a changed comment", "esm", "Nothing to check", "No token", CHECKING],
    ["a changed comment in an object", "ts", "Fixed, or", "Or", CHECKING],
    ["a removed comment", "cjs", "  // Nothing to check.\n", "", CHECKING],
    ["an added comment", "ts", "  try {", "  // Try.\n  try {", CHECKING],
    [
      "a comment above a type that is no note",
      "ts",
      "// TypeScript: what a",
      "// What a",
      undefined,
    ],
    [
      "a comment in the form of TSDoc",
      "ts",
      "export function",
      "/** Reads. */\nexport function",
      READING,
    ],
    ["a changed first line", "esm", "Reads a token", "Takes a token", undefined],
    ["a changed heading", "cjs", "--- Checking ---", "--- Check ---", READING],
    ["a removed heading", "ts", "// --- Checking ---\n", "", READING],
    ["a note on another format", "esm", "// ES modules: the", "// CommonJS: the", READING],
    ["a file that cannot be parsed", "cjs", "return null;", "return null; }", undefined],
  ];
  it.each(PLANTS)("%s (%s)", async (_what, variant, from, to, heading) => {
    const [drift] = await compareWith(variant, from, to);
    expect(drift).toMatchObject({ file: "sample", heading });
    expect(drift?.message).toContain(variant);
  });

  it("statements in another order (ts)", async () => {
    const [first, second] = IN_STEP.ts.split("\n").filter((line) => /^const [A-Z]/.test(line));
    const drifts = await compareWith("ts", `${first}\n${second}`, `${second}\n${first}`);
    expect(drifts).toMatchObject([{ file: "sample", heading: READING }]);
  });

  it("properties in another order (cjs)", async () => {
    const lines = '      issuer: rules.issuer ?? "accounts",\n      clockTolerance: 1000,\n';
    const swapped = lines.split("\n").toReversed().join("\n").trimStart();
    const drifts = await compareWith("cjs", lines, `      ${swapped}\n`);
    expect(drifts).toMatchObject([{ file: "sample", heading: CHECKING }]);
  });

  it("functions in another order (esm)", async () => {
    const [head, reading = "", checking = ""] = IN_STEP.esm.split(/(?=\/\/ --- )/);
    const esm = [head, checking, reading].join("");
    expect(await compareSources("sample", { ...IN_STEP, esm })).not.toEqual([]);
  });

  it("a comment that stands at another statement (cjs)", async () => {
    const comment = "  // Nothing to check.\n";
    const moved = IN_STEP.cjs.replace(comment, "").replace("  try {", `${comment}  try {`);
    const drifts = await compareSources("sample", { ...IN_STEP, cjs: moved });
    expect(drifts.length).toBeGreaterThan(0);
  });

  it("three different programs", async () => {
    const cjs = IN_STEP.cjs.replace("1000", "1");
    const ts = IN_STEP.ts.replace("1000", "2");
    const drifts = await compareSources("sample", { ...IN_STEP, cjs, ts });
    expect(drifts).toHaveLength(2);
  });
});

describe("a harmless edit is accepted", () => {
  const EDITS: [string, Variant, string, string][] = [
    ["other line breaks", "cjs", "(req, key, rules) {", "(\n  req,\n  key,\n  rules,\n) {"],
    ["a comment that is wrapped elsewhere", "esm", "insensitive,\n// and", "insensitive, and\n//"],
    ["a comment as a block", "ts", "// Nothing to check.", "/* Nothing\n   * to check. */"],
    ["other quotes", "cjs", '"bad token"', "'bad token'"],
    ["a separator in a number", "esm", "1000", "1_000"],
    ["a trailing comma left out", "ts", "clockTolerance: 1000,", "clockTolerance: 1000"],
    ["a longer note on the format", "esm", "of this file.", "of this file,\n// without a slash."],
    ["another type", "ts", "Promise<unknown>", "Promise<object | void>"],
    ["the TSDoc of a type", "ts", "export interface", "/** Asked for. */\nexport interface"],
    ["the TSDoc of a property of a type", "ts", "  issuer?: ", "  /** Who signs. */\n  issuer?: "],
    ["an assertion of a type", "ts", "?.authorization", "?.authorization!"],
    ["an inline import of a type", "ts", "import jwt from", "import jwt, { type JwtPayload } from"],
    ["exports in another order", "cjs", "{ readToken, checkToken }", "{ checkToken, readToken }"],
    ["empty lines", "cjs", "  try {", "\n\n  try {"],
  ];
  it.each(EDITS)("%s (%s)", async (_what, variant, from, to) => {
    expect(readable(await compareWith(variant, from, to))).toBe("");
  });

  it("exports in a list of their own (esm)", async () => {
    const listed = IN_STEP.esm.replaceAll("export ", "");
    const esm = `${listed}\nexport { readToken, checkToken };\n`;
    expect(readable(await compareSources("sample", { ...IN_STEP, esm }))).toBe("");
  });
});

describe("the message", () => {
  it("names file, heading and formats, and shows the lines before and after", async () => {
    const drifts = await compareWith("ts", "  if (!SCHEME.test(header)) return null;\n", "");
    expect(readable(drifts)).toBe(`\
sample, under "Reading": ts (+) is not in step with cjs and esm (-)
   // The scheme is case-insensitive, and one space at least follows it.
   function readToken(header = "") {
  -  if (!SCHEME.test(header)) return null;
     return header.replace(SCHEME, "");
   }`);
  });

  it("says in which line a file cannot be parsed", async () => {
    const [drift] = await compareWith("cjs", "return null;", "return null; }");
    expect(drift?.message).toMatch(/^sample\.cjs, line \d+, cannot be read: /);
  });
});

describe("the files of three folders", () => {
  let root: string;
  let folders: Record<Variant, string>;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "in-step-"));
    folders = foldersIn(root);
    for (const variant of VARIANTS) await mkdir(folders[variant]);
    await writeFile(path.join(folders.cjs, "sample.cjs"), IN_STEP.cjs);
    await writeFile(path.join(folders.esm, "sample.mjs"), IN_STEP.esm);
    await writeFile(path.join(folders.ts, "sample.ts"), IN_STEP.ts);
  });
  afterEach(() => rm(root, { recursive: true }));

  it("are in step if each is", async () => {
    expect(readable(await compareFolders(folders))).toBe("");
  });

  it("are not if one is missing", async () => {
    await rm(path.join(folders.esm, "sample.mjs"));
    expect(readable(await compareFolders(folders))).toBe(
      "sample: esm must have the one file sample.mjs, as the other formats do, and has none",
    );
  });

  it("are not if one has more", async () => {
    await writeFile(path.join(folders.ts, "more.ts"), "");
    const drifts = await compareFolders(folders);
    expect(drifts.map(({ file }) => file)).toEqual(["more", "more"]);
  });

  it("are not if one has the extension of another format", async () => {
    await rename(path.join(folders.cjs, "sample.cjs"), path.join(folders.cjs, "sample.js"));
    expect(readable(await compareFolders(folders))).toContain("and has sample.js");
  });
});

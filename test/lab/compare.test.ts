// Proves that the comparison of the formats loses no line, names each difference, and fits its width.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compareFile, compareModes, listFiles } from "../../scripts/lab/compare/compare.ts";
import { alignLines } from "../../scripts/lab/compare/align.ts";
import { type ComparedRow, findKinds, type Kind, KINDS } from "../../scripts/lab/compare/kinds.ts";
import { MODE_KINDS } from "../../scripts/lab/compare/mode-kinds.ts";
import { renderSummary } from "../../scripts/terminal/compare-summary.ts";
import { renderComparison } from "../../scripts/terminal/compare-view.ts";
import { lookOf, paintNothing } from "../../scripts/terminal/paint.ts";
import { widthOf } from "../../scripts/terminal/text.ts";
import { extensionOf, folderOf } from "../../scripts/lab/servers/variants.ts";
import { VARIANTS } from "../../scripts/model/vocabulary.ts";
import { runCommand } from "../helpers/node-process.ts";

/** Of `cjs`, `esm` and `ts`, in this order. */
function compareSources(sources: readonly string[]): ComparedRow[] {
  return findKinds(alignLines(sources.map((source) => source.trimEnd().split("\n"))));
}

const { paint: paintColours } = lookOf({ isTTY: true }, {});

const files = await listFiles();

async function kindsOf(file: string): Promise<Set<Kind>> {
  return new Set((await compareFile(file)).rows.flatMap(({ kinds }) => kinds));
}

describe("aligning lines", () => {
  it("puts equal lines in one row, and what a column lacks is empty there", () => {
    expect(alignLines([["a", "b"], ["a", "x", "b"], ["b"]])).toEqual([
      ["a", "a", undefined],
      [undefined, "x", undefined],
      ["b", "b", "b"],
    ]);
  });

  it("puts a changed line beside the line that it is most like", () => {
    const esm = ["export function join(socket) {", "import { a } from 'x';"];
    const ts = [
      "import type { Socket } from 'y';",
      "export function join(",
      "  socket: Socket,",
      ") {",
    ];
    const rows = alignLines([esm, ts]);
    expect(rows).toContainEqual([esm[0], ts[1]]);
  });

  it("puts lines that are not alike into rows of their own", () => {
    expect(alignLines([["one two three"], ["four five six"]])).toEqual([
      ["one two three", undefined],
      [undefined, "four five six"],
    ]);
  });

  it.each(files)("keeps every line of %s, in its order", async (file) => {
    const { rows } = await compareFile(file);
    for (const [column, variant] of VARIANTS.entries()) {
      const name = path.join(folderOf(variant), `${file}.${extensionOf(variant)}`);
      const lines = rows.map(({ lines: row }) => row[column]).filter((line) => line !== undefined);
      expect(`${lines.join("\n")}\n`).toBe(await readFile(name, "utf8"));
    }
  });
});

describe("naming differences", () => {
  it.each(files)("knows why each row of %s differs", async (file) => {
    const { rows } = await compareFile(file);
    expect(rows.filter(({ kinds }) => kinds.includes("other"))).toEqual([]);
    for (const { lines, kinds } of rows)
      expect(kinds.length === 0).toBe(lines.every((line) => line === lines[0]));
  });

  it.each<[Kind, string]>([
    ["loading", "tokens"],
    ["default", "tokens"],
    ["extension", "server"],
    ["exports", "tokens"],
    ["folder", "settings"],
    ["types", "user-rooms"],
    ["note", "passport"],
  ])("finds the kind %s in %s", async (kind, file) => {
    expect(await kindsOf(file)).toContain(kind);
  });

  it("says so when the formats differ in more than their format", () => {
    const good = 'const algorithms = ["HS256"];\n';
    const rows = compareSources([good.replace("256", "512"), good, good]);
    expect(rows.map(({ kinds }) => kinds)).toEqual([["other"]]);
  });

  it("says so of a line that somebody added to a printed file", () => {
    const good = "check();\nallow();\n";
    const rows = compareSources([good.replace("check();\n", ""), good, good]);
    expect(rows.map(({ kinds }) => kinds)).toEqual([["other"], []]);
    const more = compareSources([`trustAll();\n${good}`, good, good]);
    expect(more.map(({ kinds }) => kinds)).toEqual([["other"], [], []]);
  });

  it("names each line of an import that has several", () => {
    const esm = 'import {\n  one,\n  two,\n} from "./numbers.mjs";\n';
    const cjs = 'const { one, two } = require("./numbers.cjs");\n';
    const rows = compareSources([cjs, esm, esm.replace("mjs", "ts")]);
    const kinds = rows.map((row) => row.kinds);
    expect(kinds.filter((each) => each.includes("loading"))).toHaveLength(4);
    expect(kinds.filter((each) => each.includes("extension"))).toHaveLength(1);
  });

  it("knows a line that one format breaks because it became too long", () => {
    const cjs = "const here = join(__dirname, name);\n";
    const esm = "const here = join(\n  import.meta.dirname,\n  name,\n);\n";
    const rows = compareSources([cjs, esm, esm]);
    expect(rows.map(({ kinds }) => kinds)).toEqual([
      ["layout"],
      ["folder"],
      ["layout"],
      ["layout"],
    ]);
  });

  it("takes what TypeScript alone imports for types, and not for another way to load", () => {
    const esm = "run();\n";
    const rows = compareSources([esm, esm, `import type { A } from "./a.ts";\n${esm}`]);
    expect(rows[0]?.kinds).toEqual(["types"]);
  });

  it.each(VARIANTS)(
    "names each kind of difference of Passport and the manual check in %s",
    async (variant) => {
      const { titles, rows } = await compareModes(variant);
      expect(titles).toEqual(
        ["passport", "manual"].map((file) => `${variant}/${file}.${extensionOf(variant)}`),
      );
      for (const { lines, kinds } of rows) expect(kinds.length === 0).toBe(lines[0] === lines[1]);
      const differing = rows.filter(({ kinds }) => kinds.length > 0).length;
      for (const kind of Object.keys(MODE_KINDS)) {
        const count = rows.filter(({ kinds }) => kinds.includes(kind)).length;
        expect([kind, count > 1, count < differing / 2]).toEqual([kind, true, true]);
      }
    },
  );
});

describe.each([40, 80, 150, 160])("in %i columns", (width) => {
  const isTooLong = (line: string): boolean => widthOf(line) > width;

  it("no line of a file is too long", async () => {
    const compared = await Promise.all(files.map(compareFile));
    const lines = compared.flatMap((file) => renderComparison(file, width, paintNothing));
    expect(lines.filter(isTooLong)).toEqual([]);
  });

  it("colours take no room", async () => {
    const lines = renderComparison(await compareFile("tokens"), width, paintColours);
    expect(lines.join("")).toContain("\u001B[");
    expect(lines.filter(isTooLong)).toEqual([]);
  });

  it("the summary has a line for each file, and none is too long", async () => {
    const compared = await Promise.all(files.map(compareFile));
    const lines = renderSummary(compared, width, paintNothing);
    expect(lines.filter(isTooLong)).toEqual([]);
    const named = files.filter((file) => lines.some((line) => line.startsWith(`${file} `)));
    expect(named).toEqual(files);
  });
});

describe("drawing", () => {
  it("marks a difference by a sign between the columns and explains it below", async () => {
    const lines = renderComparison(await compareFile("tokens"), 160, paintNothing);
    expect(lines.find((line) => line.includes("createSecretKey }"))).toMatch(
      /^i +const \{ createSecretKey \} = .* ≠ import \{ createSecretKey \} from/,
    );
    expect(lines).toContain(`i   ${KINDS.loading}`);
  });

  it("names the formats in front of each line that is not the same in all, where it is narrow", async () => {
    const lines = renderComparison(await compareFile("tokens"), 80, paintNothing);
    expect(lines).toContain('i   cjs     const { createSecretKey } = require("node:crypto");');
    expect(lines).toContain('    esm ts  import { createSecretKey } from "node:crypto";');
  });
});

describe("npm run compare", () => {
  it("lists all files when none is named", async () => {
    const { code, stdout } = await runCommand("compare", []);
    expect(code).toBe(0);
    for (const file of files) expect(stdout).toContain(`\n${file} `);
  });

  it("shows one file in 80 columns and without colours when it is piped", async () => {
    const { code, stdout } = await runCommand("compare", ["tokens"]);
    expect(code).toBe(0);
    expect(stdout).toContain("cjs/tokens.cjs · esm/tokens.mjs · ts/tokens.ts");
    expect(stdout).not.toContain("\u001B");
  });

  it("names the files there are when it does not know one", async () => {
    const { code, stdout, stderr } = await runCommand("compare", ["token"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      `The variants have no file "token". Their files are: ${files.join(", ")}.\n`,
    );
  });

  it("names an option that it does not know, without a stack", async () => {
    const { code, stderr } = await runCommand("compare", ["--wide"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--wide");
    expect(stderr).not.toContain("    at ");
  });
});

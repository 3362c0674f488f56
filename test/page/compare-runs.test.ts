// What the compare page is made of: code read for colouring, changed words, and runs of rows that differ.
import { describe, expect, it } from "vitest";
import { changedPieces } from "../../public/page/compare/changed-pieces.ts";
import { readCode } from "../../public/page/compare/code-pieces.ts";
import {
  countKinds,
  differencesIn,
  findRuns,
  foldRun,
  nextDifference,
  type Run,
} from "../../public/page/compare/runs.ts";
import { compareFile, listFiles } from "../../scripts/lab/compare/compare.ts";

describe("code, read for colouring", () => {
  it("loses no character of any file", async () => {
    for (const file of await listFiles()) {
      const { rows } = await compareFile(file);
      for (const column of [0, 1, 2]) {
        const lines = rows.flatMap(({ lines: all }) => all[column] ?? []);
        const read = readCode(lines).map((pieces) => pieces.map(({ text }) => text).join(""));
        expect(read).toEqual(lines);
      }
    }
  });

  it.each([
    ["a comment", 'a(); // "x" is const', '// "x" is const', "comment"],
    ["a string with a comment's sign in it", 'get("http://x");', '"http://x"', "string"],
    ["a string with an escaped quote", String.raw`say("a\"b");`, String.raw`"a\"b"`, "string"],
    ["a regular expression with a quote in it", `text.match(/^["']/)`, `/^["']/`, "string"],
    ["a keyword", "return token;", "return", "keyword"],
  ])("knows %s", (_what, line, text, kind) => {
    expect(readCode([line])[0]).toContainEqual({ text, kind });
  });

  it("takes a property for no keyword, and a division for no regular expression", () => {
    const [line] = readCode(["tokens.default = width / 2 / 3;"]);
    expect(new Set(line!.map(({ kind }) => kind))).toEqual(new Set(["plain"]));
  });

  it("knows a comment that goes over several lines", () => {
    const lines = readCode(["/* one", 'two "', "three */ four()"]);
    expect(lines.map(([first]) => first!.kind)).toEqual(["comment", "comment", "comment"]);
    expect(lines[2]!.at(-1)).toEqual({ text: ")", kind: "plain" });
  });
});

/** The text of what is marked in each line. */
function marked(lines: string[]): string[] {
  const pieces = readCode(lines);
  const marks = changedPieces(pieces);
  return pieces.map((line, at) =>
    line
      .filter((_piece, index) => marks[at]![index])
      .map(({ text }) => text)
      .join("")
      .trim(),
  );
}

describe("the words in which lines differ", () => {
  it("are marked where the rest is the same", () => {
    expect(marked(["function read(claims) {", "function read(claims: Claims): User {"])).toEqual([
      "",
      ": Claims:User",
    ]);
  });

  it("are not marked where the whole line is another one", () => {
    expect(marked(["return refuse(req, res);", "} catch {"])).toEqual(["", ""]);
  });
});

/** Where each run begins, its kinds, and how many rows it has. */
function shape(runs: Run[]): [number, string, number][] {
  return runs.map((run) => [run.start, run.kinds.join(), run.rows.length]);
}

describe("runs", () => {
  const rows = [
    { lines: ["a", "a", "a"], kinds: [] },
    { lines: ["require", "import", "import"], kinds: ["loading"] },
    { lines: ["b", "b", "b: B"], kinds: ["types"] },
    { lines: [undefined, undefined, "type C"], kinds: ["types"] },
    { lines: ["require", "import", "import type"], kinds: ["loading", "types"] },
    { lines: ["d", "d", "d"], kinds: [] },
  ];
  it("are cut where the kinds change", () => {
    expect(shape(findRuns(rows, [0, 1, 2]))).toEqual([
      [0, "", 1],
      [1, "loading", 1],
      [2, "types", 2],
      [4, "loading,types", 1],
      [5, "", 1],
    ]);
  });

  it("of two formats tell only what differs between these two", () => {
    expect(shape(findRuns(rows, [1, 2]))).toEqual([
      [0, "", 2],
      [2, "types", 3],
      [5, "", 1],
    ]);
    expect(shape(findRuns(rows, [0, 1]))).toEqual([
      [0, "", 1],
      [1, "loading", 1],
      [2, "", 1],
      [4, "loading", 1],
      [5, "", 1],
    ]);
  });

  it("keep the number of each line, whichever formats are shown", () => {
    const [, , second] = findRuns(rows, [1, 2]);
    expect(second!.rows[0]!.lines).toEqual([4, 5]);
  });

  it("are counted by kind", () => {
    expect(countKinds(findRuns(rows, [0, 1, 2]), ["exports", "types", "loading"])).toEqual([
      { kind: "types", count: 3 },
      { kind: "loading", count: 2 },
    ]);
  });

  it("are gone through forwards and backwards, round at the end", () => {
    const all = differencesIn(findRuns(rows, [0, 1, 2]), undefined);
    const next = (from: number | undefined, step: 1 | -1): number | undefined =>
      nextDifference(all, from, step)?.start;
    expect([next(undefined, 1), next(1, 1), next(4, 1)]).toEqual([1, 2, 1]);
    expect([next(undefined, -1), next(4, -1), next(1, -1)]).toEqual([4, 2, 4]);
    expect(nextDifference([], undefined, 1)).toBeUndefined();
  });

  it("fold what is far from a difference, and nothing that is short", () => {
    const row = { lines: [0], texts: [""] };
    const run = (length: number): Run => ({
      start: 0,
      kinds: [],
      rows: Array.from({ length }, () => row),
    });
    const hidden = (length: number, isFirst: boolean, isLast: boolean): number =>
      foldRun(run(length), { isFirst, isLast }).hidden.length;
    expect([hidden(9, false, false), hidden(10, false, false)]).toEqual([0, 4]);
    expect([hidden(10, true, false), hidden(10, true, true)]).toEqual([7, 10]);
  });
});

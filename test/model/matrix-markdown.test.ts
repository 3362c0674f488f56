// The matrix as Markdown: the rows and words of the page, and nothing that could become markup, a mention or a secret.
import { expect, it } from "vitest";
import type { FilledCell } from "../../scripts/model/cell.ts";
import { outcomeWords } from "../../scripts/model/words/acts.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { matrixMarkdown } from "../../scripts/model/words/matrix-markdown.ts";
import { CONNECTED, REFUSED } from "../helpers/outcomes.ts";

const columns = { browser: "Chrome 147", node: "Node 20" };
const CELL: FilledCell = {
  client: "node",
  outcome: [CONNECTED],
  trace: { steps: [] },
  verdict: "as expected",
  differences: [],
  server: "cjs · passport · polling+websocket",
};

it("has a row for each attempt that ran, with both clients in the words of the page's cells", async () => {
  const { attempts } = await readLesson(3);
  const [first, second] = attempts;
  const cells: Record<string, FilledCell> = {
    [`${first!.id} node`]: CELL,
    [`${second!.id} browser`]: { ...CELL, outcome: [REFUSED], verdict: "surprise" },
    [`${second!.id} node`]: CELL,
  };
  const cellAt = (attempt: string, client: string): FilledCell | undefined =>
    cells[`${attempt} ${client}`];
  const lines = matrixMarkdown({ title: "Lesson 3", columns, attempts, cellAt }).split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "### Lesson 3",
    "",
    "| Attempt | Chrome 147 | Node 20 | Demo server |",
    "| --- | --- | --- | --- |",
  ]);
  expect(lines).toHaveLength(7);
  const { word, detail } = outcomeWords([CONNECTED]);
  const connected = `${word}: ${detail} (matches the lesson)`;
  const { server } = CELL;
  expect(lines[4]).toBe(`| ${first!.title} | – | ${connected} | ${server} |`);
  const refused = outcomeWords([REFUSED]);
  expect(lines[5]).toBe(
    `| ${second!.title} | ${refused.word}: ${refused.detail} (does not match the lesson) | ${connected} | ${server} |`,
  );
});

it("shows texts from elsewhere as they are, on one line of the table", async () => {
  const message = "a | b\n<img src=x onerror=alert(1)> `x` @everyone #1 [y](javascript:z) \u202E";
  const attempt = { id: "a", label: "a", title: "*a*_b_", acts: [] };
  const cellAt = (): FilledCell => ({
    ...CELL,
    outcome: [{ ...REFUSED, message }],
    verdict: "no expectation",
  });
  const text = matrixMarkdown({ title: "x", columns, attempts: [attempt], cellAt });
  const rows = text.trimEnd().split("\n").slice(4);
  expect(rows).toHaveLength(1);
  for (const row of rows) {
    // Five bars that are not escaped make four columns.
    expect(row.replaceAll(/\\./g, "").match(/\|/g)).toHaveLength(5);
    expect(row.replaceAll(/\\./g, "")).not.toMatch(/[<>`[\]*_#\u202E]|@\w/);
  }
});

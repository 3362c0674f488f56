// Proves that what is drawn in the terminal fits it, says what was seen, and shows nothing that it must not.
import { describe, expect, it } from "vitest";
import { readLessons, readWords } from "../../scripts/lab/lessons/files.ts";
import type { Cell } from "../../scripts/lab/lessons/run.ts";
import { linesOfCode } from "../../scripts/terminal/lesson/code-lines.ts";
import { drawMatrix } from "../../scripts/terminal/lesson/matrix.ts";
import { renderMarkdown } from "../../scripts/terminal/markdown.ts";
import { describeFully, describeOutcome } from "../../scripts/terminal/lesson/outcome-words.ts";
import { lookOf, paintNothing } from "../../scripts/terminal/paint.ts";
import { renderTrace } from "../../scripts/terminal/lesson/sequence.ts";
import { cut, printable, widthOf, wrapCode } from "../../scripts/terminal/text.ts";
import type { Trace } from "../../scripts/model/trace.ts";
import type { ActOutcome } from "../../scripts/model/acts.ts";
import { tooLong, trace } from "../helpers/drawn-lines.ts";
import { GOOD_ACT } from "../helpers/good-act.ts";

const { paint: paintColours } = lookOf({ isTTY: true }, {});

const lessons = await readLessons();
const lanes = { client: "Chrome 147", server: "cjs · passport · polling+websocket" };

describe("text", () => {
  it("counts a wide character as two columns and a colour as none", () => {
    expect([widthOf("日本"), widthOf(paintColours("good", "ok"))]).toEqual([4, 2]);
  });

  it("cuts by columns, and says that something is missing", () => {
    expect([cut("日本語", 5), cut("word", 4), cut("words", 4)]).toEqual(["日本…", "word", "wor…"]);
  });

  it("lets nothing from elsewhere steer the terminal", () => {
    expect(printable("a\u001B[2Jb\r\nc\u0007\u202E")).toBe("a�[2Jb ⏎ c��");
  });

  it("shows no token in full", () => {
    const token = `eyJhbGciOiJIUzI1NiJ9.${"e".repeat(40)}.${"s".repeat(37)}123456`;
    expect(printable(`bearer ${token}!`)).toBe("bearer …123456!");
  });

  it("keeps the blanks of code, and marks what is continued", () => {
    expect(wrapCode("  const a = one(two, three);", 20)).toEqual([
      "  const a =",
      "  ↪ one(two, three);",
    ]);
  });

  it("wraps comments again where one of them is too long, and nothing else", () => {
    const comment = "  // The first line.\n  // The second one is longer.";
    const source = `  // --- A heading ---\n${comment}\n  code(); // short`;
    const broken = linesOfCode(source, 22).map(({ text }) => text);
    expect(broken.slice(0, 4)).toEqual([
      "  // --- A heading ---",
      "  // The first line.",
      "  // The second one is",
      "  // longer.",
    ]);
    expect(broken.at(-1)).toBe("  code(); // short");
    expect(linesOfCode(source, 80).map(({ text }) => text)).toEqual(source.split("\n"));
  });

  it("has colours in a terminal only, and none with NO_COLOR", () => {
    expect(paintColours("good", "ok")).not.toBe("ok");
    expect(lookOf({ isTTY: true }, { NO_COLOR: "1" }).paint).toBe(paintNothing);
    expect(lookOf({ isTTY: true }, { TERM: "dumb" }).paint).toBe(paintNothing);
    expect(lookOf({}, {}).paint).toBe(paintNothing);
  });

  it.each([undefined, 0])("is 80 columns wide where the terminal says %s", (columns) => {
    expect(lookOf({ isTTY: true, ...(columns === undefined ? {} : { columns }) }, {}).width).toBe(
      80,
    );
    expect(lookOf({ isTTY: true, columns: 132 }, {}).width).toBe(132);
  });
});

describe("the matrix", () => {
  it("keeps the status of a refusal where it is narrow, and no line is too long", () => {
    const lesson = lessons.find(({ number }) => number === 3);
    const outcome = [
      {
        do: "connect",
        result: "refused",
        refusedBy: "handshake",
        message: "websocket error",
        status: 401,
        willRetry: true,
        durationMs: 3,
      } as const,
    ];
    const cell: Cell = {
      attempt: lesson!.attempts[0]!,
      client: "node",
      outcome,
      trace,
      verdict: "as expected",
      differences: [],
      server: lanes.server,
    };
    const matrix: Parameters<typeof drawMatrix>[0] = {
      attempts: lesson!.attempts,
      columns: [
        { client: "browser", name: "Chrome 147" },
        { client: "node", name: "Node 20" },
      ],
      cellAt: () => ({ cell, runningSinceMs: undefined }),
      chosen: { attempt: cell.attempt.id, client: "node" },
      nowMs: 0,
    };
    for (const width of [60, 80]) {
      const { lines } = drawMatrix(matrix, width, paintNothing);
      expect(tooLong(lines, width)).toEqual([]);
      expect(lines.join("\n").match(/401/g)).toHaveLength(2 * lesson!.attempts.length);
    }
  });

  it("puts a heading above the rows of a group", () => {
    const { attempts } = lessons.find(({ number }) => number === 6)!;
    const columns = [{ client: "node", name: "Node 20" }] as const;
    const matrix = { attempts, columns, cellAt: () => undefined, nowMs: 0 };
    const { lines, starts } = drawMatrix(matrix, 80, paintNothing);
    const firsts = [0, 4, 8].map((row) => lines[starts[row]!]!.trim());
    expect(firsts).toEqual(["CommonJS", "ES modules", "TypeScript"]);
    expect(lines).toHaveLength(1 + 3 + attempts.length);
  });
});

describe("an outcome in words", () => {
  const connected = {
    do: "connect",
    result: "connected",
    user: { id: 1, username: "jöhn\u001B[31m" },
    firstTransport: "polling",
    lastTransport: "websocket",
    durationMs: 12,
  } as const;

  it("has a sign beside its word, and nothing in it steers the terminal", () => {
    expect(describeOutcome([connected])).toMatchObject({
      sign: "✓",
      word: "connected",
      detail: "jöhn�[31m, polling→websocket",
    });
    const refused = { message: "no\u0007", refusedBy: "handshake", willRetry: true } as const;
    expect(
      describeOutcome([{ do: "connect", result: "refused", ...refused, durationMs: 1 }]),
    ).toMatchObject({ sign: "✗", word: "refused", detail: "no�" });
    const unanswered = { do: "connect", result: "unanswered", durationMs: 5 } as const;
    expect(describeOutcome([unanswered])).toMatchObject({ sign: "?" });
  });

  it("is shown in full act by act, with the title of each where there are several", () => {
    const emit = { do: "emit", as: "tab 1", event: "whoami", args: [] } as const;
    const acts = [
      { ...GOOD_ACT, as: "tab 1" },
      { ...emit, args: [] },
    ];
    const reply = { do: "emit", result: "acknowledged", reply: 1, received: {}, durationMs: 2 };
    const attempt = { id: "a", label: "A", title: "A", acts };
    expect(describeFully(attempt, [connected, reply as ActOutcome])).toEqual([
      'tab 1: connect · connected · user: {"id":1,"username":"jöhn\\u001b[31m"} · first transport: polling · last transport: websocket',
      "tab 1: emit whoami · acknowledged: 1",
    ]);
  });
});

describe("a trace as a sequence", () => {
  it.each([60, 80, 160])("fits %i columns", (width) => {
    expect(tooLong(renderTrace(trace, lanes, width, paintNothing), width)).toEqual([]);
    expect(tooLong(renderTrace(trace, lanes, width, paintColours), width)).toEqual([]);
    expect(renderTrace(trace, lanes, width, paintNothing).join("\n")).toContain("# TCP connection");
  });

  const lines = renderTrace(trace, lanes, 80, paintNothing);
  const find = (part: string): string | undefined => lines.find((line) => line.includes(part));

  it("has an arrow to the right for the client, and one to the left for the server", () => {
    expect(find("GET /socket.io")).toMatch(/^ +0\.0 {2}1 │─ GET .* ─+▶│$/);
    expect(find("401 Unauthorized")).toMatch(/^ +3\.0 {2}1 │◀─+ 401 Unauthorized ─│$/);
  });

  it("names the scheme, the end of the token and its user, below the request", () => {
    expect(find("Authorization")).toContain("Authorization: bearer …a1B2c3 (HS256, jöhn 🦊)");
  });

  it("draws a frame with another line than HTTP, and names its packet", () => {
    expect(find("whoami")).toMatch(/1234\.6 {2}2 │═ EVENT #0 \["whoami"\] ═+▶│/);
  });

  it("draws a check at the server and a cut as cut, and gives a clean end no line of its own", () => {
    expect(find("credential")).toMatch(
      /◆ credential refused: GET polling handshake · io\.engine\.use │$/,
    );
    expect(find("cuts")).toMatch(/─ ╳ the server cuts the connection ╳ ─+│$/);
    expect(find("cleanly")).toBe(`${" ".repeat(10)}closed cleanly: # 1`);
  });

  it("prints no control character that came over the wire", () => {
    expect(lines.join("")).not.toContain("\u001B");
  });

  it("says so where no Authorization header came along", () => {
    const [request] = trace.steps;
    const bare = { ...request, headers: {}, tokens: [] } as Trace["steps"][0];
    expect(renderTrace({ steps: [bare] }, lanes, 80, paintNothing).join("\n")).toContain(
      "no Authorization header",
    );
  });
});

describe("the words of a lesson", () => {
  it.each(lessons)("lesson $number fits 80 and 40 columns", async (lesson) => {
    const words = await readWords(lesson);
    for (const width of [40, 80])
      expect(tooLong(renderMarkdown(words, width, paintColours), width)).toEqual([]);
  });

  it("shows lists, code and emphasis without their Markdown, and no title", () => {
    const markdown =
      "# Title\n\nSome **bold** `code` & more.\n\n- one\n- two\n\n```js\nif (a < b) go();\n```\n";
    expect(renderMarkdown(markdown, 40, paintNothing)).toEqual([
      "Some bold `code` & more.",
      "",
      "- one",
      "- two",
      "",
      "    if (a < b) go();",
    ]);
  });
});

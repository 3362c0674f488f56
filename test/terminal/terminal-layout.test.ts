// Proves that an open lesson fits a screen of any size.
import { describe, expect, it } from "vitest";
import type { Cell } from "../../scripts/lab/lessons/run.ts";
import type { ActOutcome } from "../../scripts/model/acts.ts";
import { questionsOf } from "../../scripts/model/prediction.ts";
import { lookOf, paintNothing } from "../../scripts/terminal/paint.ts";
import { beginRun, endRun, fillCell, type Session } from "../../scripts/terminal/lesson/session.ts";
import { renderSession } from "../../scripts/terminal/lesson/session-view.ts";
import { tooLong } from "../helpers/drawn-lines.ts";
import { CONNECTED, REFUSED } from "../helpers/outcomes.ts";
import { cellOf, lessons, open, press, websocketOnly, screenOf } from "../helpers/open-lesson.ts";

const { paint: paintColours } = lookOf({ isTTY: true }, {});

/** A row that both clients have run; Node connects. */
function fillRow(before: Session, at: number, browser: ActOutcome): Session {
  return (["browser", "node"] as const).reduce((filled, client) => {
    const outcome = [client === "node" ? CONNECTED : browser];
    const cell: Cell = { ...cellOf(before, "as expected"), client, outcome };
    return fillCell(filled, before.run, { ...cell, attempt: websocketOnly.attempts[at]! });
  }, before);
}

describe("an open lesson", () => {
  const running = beginRun(open(), 1000);

  const sizes = [
    [80, 24],
    [160, 50],
    [50, 12],
    [150, 10],
  ] as const;
  describe.each(sizes)("on a screen of %i × %i", (width, height) => {
    it.each(["matrix", "trace", "code", "words", "help"] as const)("%s fits", (panel) => {
      const code = { title: "variants/cjs/handshake.cjs", source: `// ${"long ".repeat(40)}` };
      const filled = fillCell(running, 1, cellOf(running, "surprise"));
      for (const session of [
        filled,
        { ...filled, failure: `It ended.\n${"x".repeat(300)}`, notice: "" },
      ]) {
        const chosen = { attempt: websocketOnly.attempts[0]!.id, client: "node" } as const;
        const shown = { ...session, panel, code, chosen, scroll: 1000 };
        const { lines } = renderSession(shown, { width, height }, 9000, paintColours);
        expect(lines).toHaveLength(height);
        expect(tooLong(lines, width)).toEqual([]);
      }
    });
  });

  it("cuts no switch and no failure where it is narrow", () => {
    const failure = `The browser could not load a page: ${"a reason ".repeat(6).trim()}.`;
    const { session } = press(open(), "K");
    const size = { width: 40, height: 40 };
    const { lines } = renderSession({ ...session, failure, notice: "" }, size, 0, paintNothing);
    const screen = lines.join(" ").replaceAll(/\s+/g, " ");
    expect(screen).toContain("f cjs a passport t polling+websocket k own token none");
    expect(screen).toContain(failure);
    expect(screen).toContain("? help q quit");
  });

  it("keeps the chosen row on a screen that is too low for all", () => {
    for (const [index, { id }] of websocketOnly.attempts.entries()) {
      const session = { ...running, chosen: { attempt: id, client: "node" } as const };
      const { lines } = renderSession(session, { width: 80, height: 16 }, 1000, paintNothing);
      expect(lines.filter((line) => line.includes("▸")).length).toBeGreaterThan(0);
      expect(lines.join("\n")).toContain(` ${index + 1} `);
    }
  });

  it.each([
    [110, 12, 2],
    [100, 12, 2],
    [40, 15, 2],
    [80, 10, 1],
  ])("on a screen of %i × %i shows %i rows, a sentence and the way out", (width, height, rows) => {
    for (const lesson of lessons) {
      const session = fillCell(beginRun(open(lesson), 1000), 1, {
        ...cellOf(open(lesson), "surprise"),
      });
      const { lines } = renderSession(session, { width, height }, 1000, paintNothing);
      expect(tooLong(lines, width)).toEqual([]);
      expect(lines[0]).toContain(`Lesson ${lesson.number} of`);
      expect(lines.filter((line) => /^ ?\d+ /.test(line)).length).toBeGreaterThanOrEqual(rows);
      expect(lines.at(-1)).toMatch(/ {2}\? help {2}q quit$/);
      const reading = { ...session, panel: "words", words: "A line.\n\n".repeat(20) } as const;
      const words = renderSession(reading, { width, height }, 1000, paintNothing).lines;
      expect(words.filter((line) => line === "A line.").length).toBeGreaterThanOrEqual(3);
    }
  });

  it.each([
    [3, 80, 24, 6],
    [3, 100, 12, 3],
    [3, 200, 50, 10],
    [4, 200, 50, 15],
  ])(
    "shows of lesson %i on a screen of %i × %i at least %i rows",
    (number, width, height, least) => {
      const lesson = lessons.find((each) => each.number === number)!;
      const session = beginRun(open(lesson), 0);
      const cells = lesson.attempts.map((attempt) => ({
        ...cellOf(session, "as expected"),
        attempt,
        outcome: [CONNECTED],
      }));
      const filled = cells.reduce((before, cell) => fillCell(before, 1, cell), session);
      const { lines } = renderSession(filled, { width, height }, 0, paintNothing);
      const rows = lines.filter((line) => /^ ?\d+ \S.*(?:connected|running)/.test(line));
      expect(rows.length).toBeGreaterThanOrEqual(least);
    },
  );

  it.each([
    [80, 24],
    [40, 15],
    [80, 10],
  ])(
    "asks on a screen of %i × %i every question whole, with its answers and keys",
    (width, height) => {
      for (const lesson of lessons)
        for (const [asking, { title, question }] of questionsOf(lesson.attempts).entries()) {
          const session = { ...open(lesson), asking };
          const { lines } = renderSession(session, { width, height }, 0, paintNothing);
          expect(lines).toHaveLength(height);
          expect(tooLong(lines, width)).toEqual([]);
          expect(lines[0]).toContain(` Question ${asking + 1} of `);
          const screen = lines.join(" ").replaceAll(/\s+/g, " ");
          const answers = Object.keys(question.answers).map((answer, at) => `${at + 1} ${answer}`);
          expect(screen).toContain(`${question.ask} ${answers.join(" ")} `);
          expect(screen).toContain(title);
          expect(lines.at(-1)).toMatch(/^1–9 answer {2}⏎ skip {2}.*r run {2}q quit$/);
        }
      const first = renderSession({ ...open(), asking: 0 }, { width, height }, 0, paintNothing);
      expect(first.lines.includes('  transports: ["websocket"],')).toBe(height > 10);
    },
  );

  it("says after the run how the predictions went, marks what came otherwise, and leads to the first of it", () => {
    const { session, effects } = press({ ...open(), asking: 0 }, "1", "3", "r");
    expect(effects).toHaveLength(1);
    const asked = beginRun(session, 0);
    const ran = fillRow(fillRow(asked, 1, REFUSED), 3, { ...CONNECTED, lastTransport: "polling" });
    expect(screenOf(ran)).not.toContain("predicted 1 of");
    const ended = endRun(ran, ran.run);
    expect(ended.chosen).toEqual({ attempt: "websocket", client: "browser" });
    const screen = screenOf(ended);
    expect(screen).toMatch(/^Lesson 3 .* predicted 1 of 2 · 4 results match\n/);
    expect(screen).toMatch(
      /You predicted: both\. It is: only Node\. A page has no way\s[^]*sees the 401\./,
    );
    expect(screen.match(/^ \d○.*/gm)).toEqual([expect.stringMatching(/^ 2○Websocket only +▸✗/)]);
    expect(screenOf(press(ended, "4").session)).toContain("You predicted: polling, and so it is.");
    // Later runs leave the person where they are.
    const again = endRun(fillRow(beginRun({ ...ended, chosen: open().chosen }, 0), 1, REFUSED), 2);
    expect(again).toMatchObject({ chosen: open().chosen });
    const help = { ...ended, panel: "help", notice: "" } as const;
    const { lines } = renderSession(help, { width: 80, height: 60 }, 0, paintNothing);
    expect(lines).toContain("npm run lesson 3 -- --predict asks before it runs.");
  });

  it("begins with the first row as long as the chosen one is in sight then", () => {
    const lesson = lessons.find(({ number }) => number === 6)!;
    const session = { ...open(lesson), chosen: { attempt: "ts-good", client: "node" } as const };
    const { lines } = renderSession(session, { width: 80, height: 24 }, 0, paintNothing);
    const at = lines.findIndex((line) => line.includes("Node 20"));
    expect(lines[at + 1]).toMatch(/^ +CommonJS$/);
    expect(lines.join("\n")).toMatch(/^ 9 .*▸/m);
  });

  it("breaks no word of a title where a panel stands beside the matrix, and no row where there is room for a line", () => {
    const narrow = renderSession(beginRun(open(), 0), { width: 150, height: 50 }, 0, paintNothing);
    expect(narrow.lines.join("\n")).toContain("   tryAllTransports ");
    const session = open(lessons.find(({ number }) => number === 4));
    const filled = fillCell(beginRun(session, 0), 1, cellOf(session, "as expected"));
    const { lines } = renderSession(filled, { width: 200, height: 50 }, 0, paintNothing);
    expect(lines.find((line) => line.startsWith(" 1 "))).toMatch(/\? unanswered .*= +│/);
  });

  it("keeps the keys where only a few lines are left, and does not move when there is something to say", () => {
    const { session } = press(open(), "K");
    expect(session.notice).not.toBe("");
    for (const height of [3, 12, 17, 24]) {
      const screens = ["", session.notice].map(
        (notice) =>
          renderSession({ ...session, notice }, { width: 100, height }, 0, paintNothing).lines,
      );
      const heads = screens.map((lines) => lines.findIndex((line) => line.includes("Chrome 147")));
      expect(heads[0]).toBe(heads[1]);
      expect(screens[1]!.at(-1)).toContain("q quit");
    }
  });

  it("keeps the heading of the first row that is seen", async () => {
    const lesson = lessons.find(({ number }) => number === 6)!;
    const session = { ...open(lesson), chosen: { attempt: "ts-expired", client: "node" } as const };
    const below = [15, 13].map((height) => {
      const { lines } = renderSession(session, { width: 80, height }, 1000, paintNothing);
      const at = lines.findIndex((line) => line.includes("Node 20"));
      expect(lines.find((line) => line.includes("▸"))).toMatch(/^10 expired token/);
      return lines.slice(at + 1, at + 3).map((line) => line.trim().slice(0, 10));
    });
    expect(below).toEqual([
      ["ES modules", "6 expired "],
      ["ES modules", "8 GET /sel"],
    ]);
  });

  it("says which switch keeps the lesson silent", () => {
    const notClaimed: Cell = { ...cellOf(running, "as expected"), verdict: "no expectation" };
    const chosen = { attempt: notClaimed.attempt.id, client: "node" } as const;
    const shown = { ...fillCell(running, 1, notClaimed), chosen };
    const read = (change: Partial<Session["switches"]>): string => {
      const session = { ...shown, switches: { ...shown.switches, ...change } };
      const { lines } = renderSession(session, { width: 80, height: 40 }, 9, paintNothing);
      return lines.join(" ").replaceAll(/\s+/g, " ");
    };
    expect(read({ serverTransports: ["polling"] })).toContain(
      "This lesson assumes that the server offers both transports; with polling only it makes no claim about this result. t goes on to the next.",
    );
  });

  it("stops scrolling at the end of a panel, and says how to go on and how to leave", () => {
    const session = { ...running, panel: "help", scroll: 1000 } as const;
    const screen = renderSession(session, { width: 80, height: 60 }, 0, paintNothing);
    expect(screen.scroll).toBe(0);
    expect(screen.lines).toContain("Esc: back");
    const low = renderSession(
      { ...session, scroll: 2 },
      { width: 80, height: 20 },
      0,
      paintNothing,
    );
    expect(low.lines.join("\n")).toMatch(
      /\n↑ 2 lines {3}↓ \d+ lines {3}Space: more {3}Esc: back\n/,
    );
  });
});

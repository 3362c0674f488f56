// Proves that keys do what they promise, and that an open lesson fits its screen.
import { describe, expect, it } from "vitest";
import type { Lesson } from "../scripts/lab/lesson/lesson.ts";
import { readLessons } from "../scripts/lab/lesson/files.ts";
import type { Cell } from "../scripts/lab/lesson/run.ts";
import { type Effect, type Key, pressKey } from "../scripts/lab/terminal/keys.ts";
import { summarize, summarizeBriefly } from "../scripts/lab/terminal/lesson-page.ts";
import { paintColours, paintNothing } from "../scripts/lab/terminal/paint.ts";
import {
  beginRun,
  endRun,
  fillCell,
  openSession,
  placeKey,
  type Session,
} from "../scripts/lab/terminal/session.ts";
import { renderSession } from "../scripts/lab/terminal/session-view.ts";
import { tooLong, trace } from "./drawn-lines.ts";

const lessons = await readLessons();
const websocketOnly = lessons.find(({ slug }) => slug === "websocket-only")!;
const columns = [
  { client: "browser", name: "Chrome 147" },
  { client: "node", name: "Node 20.20.2" },
] as const;

function open(lesson: Lesson = websocketOnly): Session {
  return openSession({
    lesson,
    columns,
    numbers: lessons.map(({ number }) => number),
    words: "# Words\n\nSome words.",
    page: "http://127.0.0.1:23456/lesson/3#key=K",
  });
}

function press(
  session: Session,
  ...keys: (string | Key)[]
): { session: Session; effects: Effect[] } {
  const effects: Effect[] = [];
  for (const key of keys) {
    const step = pressKey(
      session,
      typeof key === "string" ? { sequence: key, name: key.toLowerCase() } : key,
    );
    session = step.session;
    if (step.effect !== undefined) effects.push(step.effect);
  }
  return { session, effects };
}

const arrow = (name: string): Key => ({ name });
const control = (name: string): Key => ({ name, ctrl: true });

describe("keys", () => {
  it("f flips the format, and the lesson is run again", () => {
    const { session, effects } = press(open(), "f", "f");
    expect(session.switches.variant).toBe("ts");
    expect(effects).toEqual([{ do: "run" }, { do: "run" }]);
    expect(press(session, "f").session.switches.variant).toBe("cjs");
  });

  it("a goes through the auth modes that the lesson allows, and says why where it skips one", () => {
    const { session } = press(open(), "a");
    expect(session).toMatchObject({ notice: "", switches: { auth: "manual" } });
    const notice = websocketOnly.fixed.auth?.reason;
    expect(press(session, "a").session).toMatchObject({ notice, switches: { auth: "passport" } });
  });

  it("a switch that has one value only says why, and nothing is run", () => {
    const fixed = { variant: { to: ["cjs"], reason: "Only here." } };
    const { session, effects } = press(open({ ...websocketOnly, fixed }), "f");
    expect(session).toMatchObject({ notice: "Only here.", switches: { variant: "cjs" } });
    expect(effects).toEqual([]);
  });

  it("t goes through what the server offers", () => {
    let session = open();
    const offered = [1, 2, 3].map(() => {
      ({ session } = press(session, "t"));
      return session.switches.serverTransports;
    });
    expect(offered).toEqual([["polling"], ["websocket"], ["polling", "websocket"]]);
  });

  it("k presents another token in every attempt, K the one before, and what it is is said", () => {
    const { session } = press(open(), "k", "k", "k");
    expect(session.switches.token).toBe("expired");
    expect(session.notice).toContain("Ended an hour ago.");
    expect(press(session, "K", "K", "K").session.switches.token).toBeUndefined();
  });

  it("arrows and digits choose a cell, and stop at the edges", () => {
    const { session } = press(
      open(),
      "1",
      arrow("up"),
      arrow("right"),
      arrow("right"),
      arrow("down"),
    );
    expect(session.chosen).toEqual({ attempt: websocketOnly.attempts[1]?.id, client: "node" });
  });

  it("⏎ opens the trace, in which arrows scroll, and Esc leads back", () => {
    const down = { name: "down" };
    const { session } = press(open(), { name: "return" }, down, down);
    expect(session).toMatchObject({ panel: "trace", scroll: 2, chosen: open().chosen });
    expect(press(session, { name: "escape" }).session).toMatchObject({
      panel: "matrix",
      scroll: 0,
    });
  });

  it("c shows the code in question, again for the next piece, and another format has other code", () => {
    const read = { ...press(open(), "c").session, code: { title: "a", source: "b" } };
    expect(read.panel).toBe("code");
    expect(press(read, "c").session).toMatchObject({ part: 1, code: undefined });
    expect(press(read, "f").session).toMatchObject({ part: 0, code: undefined });
  });

  it("n and p open the neighbours, and say so at the ends", () => {
    const number = websocketOnly.number;
    expect(press(open(), "n").effects).toEqual([{ do: "open", lesson: number + 1 }]);
    expect(press(open(), "p").effects).toEqual([{ do: "open", lesson: number - 1 }]);
    const last = press(open(lessons.at(-1)), "n");
    expect(last).toMatchObject({ effects: [], session: { notice: "This is the last lesson." } });
  });

  it("q, Ctrl-C and Ctrl-D quit; Ctrl-Z suspends", () => {
    expect(press(open(), "q", control("c"), control("d"), control("z")).effects).toEqual([
      { do: "quit" },
      { do: "quit" },
      { do: "quit" },
      { do: "suspend" },
    ]);
  });

  it("a key without a meaning changes nothing", () => {
    const session = open();
    expect(press(session, "y", { name: "f5" }, {})).toEqual({ session, effects: [] });
  });
});

function cellOf(session: Session, verdict: Cell["verdict"]): Cell {
  const attempt = session.lesson.attempts[0]!;
  const outcome = { result: "unanswered", durationMs: 5 } as const;
  const differences =
    verdict === "surprise" ? [{ field: "result", expected: "connected", seen: "unanswered" }] : [];
  return { attempt, client: "node", expected: undefined, outcome, trace, verdict, differences };
}

describe("an open lesson", () => {
  const running = beginRun(open(), 1000);

  it("shows what a cell held until it is filled anew", () => {
    const filled = endRun(fillCell(running, 1, cellOf(running, "as expected")), 1);
    const again = beginRun(filled, 2000);
    const key = placeKey({ attempt: websocketOnly.attempts[0]!.id, client: "node" });
    expect(again.cells.get(key)).toMatchObject({
      runningSinceMs: 2000,
      cell: { verdict: "as expected" },
    });
  });

  it("takes no cell of an earlier run", () => {
    const again = beginRun(running, 2000);
    expect(fillCell(again, 1, cellOf(again, "as expected"))).toBe(again);
    expect(endRun(again, 1)).toBe(again);
  });

  it("says how long a cell has been running once it takes a second", () => {
    const screens = [1900, 3500].map((nowMs) =>
      renderSession(running, { width: 80, height: 24 }, nowMs, paintNothing).lines.join("\n"),
    );
    expect(screens[0]).toContain("… running ");
    expect(screens[1]).toContain("… running, 2.5 s");
  });

  it("says a surprise in a word, with a sign, and what was expected", () => {
    const session = press(fillCell(running, 1, cellOf(running, "surprise")), "1", {
      name: "right",
    }).session;
    const screen = renderSession(session, { width: 80, height: 24 }, 1000, paintNothing).lines.join(
      "\n",
    );
    expect(screen).toContain("! surprise");
    expect(screen).toContain('result: the lesson says "connected", and it was "unanswered".');
    const cells = [cellOf(session, "surprise")];
    expect(summarize(cells)).toBe("1 of 1 were not as the lesson says.");
    expect(summarizeBriefly(cells)).toBe("1 of 1 not as expected");
  });

  it("says of cells without a browser that they were not run, and not that the lesson is silent", () => {
    const unseen: Cell = { ...cellOf(running, "surprise"), verdict: "no browser" };
    const seen: Cell = { ...unseen, verdict: "as expected" };
    expect(summarize([unseen])).toBe("Nothing was run: there is no browser.");
    expect(summarize([seen, unseen])).toBe(
      "All 1 are as the lesson says. The browser's 1 were not run.",
    );
  });

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
    expect(screen).toContain("f cjs a passport t polling+websocket k token none");
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

  it("stops scrolling at the end of a panel", () => {
    const session = { ...running, panel: "help", scroll: 1000 } as const;
    expect(renderSession(session, { width: 80, height: 60 }, 0, paintNothing).scroll).toBe(0);
  });
});

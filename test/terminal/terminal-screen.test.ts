// Proves that an open lesson fits its screen, and says what is seen, what is running and what is hidden.
import { describe, expect, it } from "vitest";
import type { Cell } from "../../scripts/lab/lessons/run.ts";
import { summarize, summarizeBriefly } from "../../scripts/terminal/lesson/lesson-summary.ts";
import { paintNothing } from "../../scripts/terminal/paint.ts";
import {
  attemptsToRun,
  beginRun,
  endRun,
  fillCell,
  placeKey,
} from "../../scripts/terminal/lesson/session.ts";
import { renderSession } from "../../scripts/terminal/lesson/session-view.ts";
import { cellOf, open, press, websocketOnly, screenOf } from "../helpers/open-lesson.ts";

describe("an open lesson", () => {
  const running = beginRun(open(), 1000);

  it("shows what a cell held until it is filled again", () => {
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

  it("runs the own attempt alone where no more was flipped, and everything where a run is broken off", () => {
    const idle = endRun(running, 1);
    expect(attemptsToRun(idle, "own").map(({ id }) => id)).toEqual(["own"]);
    expect(attemptsToRun(running, "own")).toHaveLength(websocketOnly.attempts.length + 1);
    expect(attemptsToRun(idle, "all")).toHaveLength(websocketOnly.attempts.length + 1);
  });

  it("says how long a cell has been running once it takes a second", () => {
    const screens = [1900, 3500].map((nowMs) =>
      renderSession(running, { width: 80, height: 24 }, nowMs, paintNothing).lines.join("\n"),
    );
    expect(screens[0]).toContain("… running ");
    expect(screens[1]).toContain("… running, 2.5 s");
  });

  it("says that the machine was too busy, and what runs the cell again", () => {
    const cell: Cell = { ...cellOf(running, "too busy"), outcome: [], trace: { steps: [] } };
    const filled = endRun(fillCell(running, 1, cell), 1);
    expect(screenOf(filled)).toContain("– too busy");
    const { session } = press(
      { ...filled, chosen: { attempt: cell.attempt.id, client: "node" } },
      "\r",
      { name: "return" },
    );
    expect(screenOf(session)).toContain("This machine was too busy to tell: run it again.");
    const cells = [cell, cellOf(running, "as expected")];
    expect(summarizeBriefly(cells)).toBe("too busy for 1: r runs again");
    expect(summarize(cells, websocketOnly, websocketOnly.switches)).toBe(
      "Results: all 1 match the lesson. This machine was too busy to tell for 1 of 2: run the lesson again.",
    );
  });

  it("says a surprise in a word, with a sign, and what was expected", () => {
    const session = press(fillCell(running, 1, cellOf(running, "surprise")), "1", {
      name: "right",
    }).session;
    const screen = renderSession(session, { width: 80, height: 24 }, 1000, paintNothing).lines.join(
      "\n",
    );
    expect(screen).toContain("! differs");
    expect(screen).toContain('result: the lesson says "connected", and it was "unanswered".');
    const cells = [cellOf(session, "surprise")];
    expect(summarize(cells, websocketOnly, websocketOnly.switches)).toBe(
      "Results: 1 of 1 do not match the lesson.",
    );
    expect(summarizeBriefly(cells)).toBe("1 of 1 results do not match");
  });

  it("says of cells without a browser that they were not run, and not that the lesson is silent", () => {
    const unseen: Cell = { ...cellOf(running, "surprise"), verdict: "no browser" };
    const seen: Cell = { ...unseen, verdict: "as expected" };
    expect(summarize([unseen], websocketOnly, websocketOnly.switches)).toBe(
      "Nothing was run: there is no browser.",
    );
    expect(summarize([seen, unseen], websocketOnly, websocketOnly.switches)).toBe(
      "Results: all 1 match the lesson. The browser's 1 were not run.",
    );
  });
});

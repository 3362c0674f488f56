// Proves what a lesson says and shows while it runs in a lab, and that it stays open in a terminal until the person quits.
import { EventEmitter, once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { readForLive } from "../../scripts/terminal/lesson/find-lesson.ts";
import { Live } from "../../scripts/terminal/lesson/live.ts";
import type { LiveParts } from "../../scripts/terminal/lesson/live-parts.ts";
import { printRun } from "../../scripts/terminal/lesson/once.ts";
import { paintNothing } from "../../scripts/terminal/paint.ts";
import { openScreen } from "../../scripts/terminal/screen.ts";
import { switchesFor } from "../../scripts/model/switches.ts";
import { StreamTerminal } from "../helpers/stream-terminal.ts";

function partsIn(terminal: StreamTerminal, lab: Lab): LiveParts {
  return {
    sandbox: { lab, address: (path) => path, newAddress: (path) => path },
    openInBrowser: () => Promise.resolve(),
    paint: paintNothing,
    clients: ["node"],
    nodeName: "Node 20",
    openScreen: (events) => openScreen(terminal.input, terminal.output, events),
    readLesson: readForLive,
    openExercise: () => Promise.resolve(undefined),
    onFinished: () => Promise.resolve(undefined),
    pause: () => Promise.resolve(),
  };
}

const readAsking = async (number: number) => ({ ...(await readForLive(number)), predicts: true });

describe("a lesson in a lab", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ clients: ["node"], startsAhead: false, onCrash: () => undefined });
  });
  afterAll(() => lab.close());

  it("says a surprise, and what was expected and seen", async () => {
    const lesson = await readLesson(3);
    const attempt = lesson.attempts[0]!;
    const wrong = {
      ...attempt,
      expect: { ...attempt.expect, node: { result: "refused" as const } },
    };
    const printed: string[] = [];
    const print = (line: string): number => printed.push(line);
    const switches = switchesFor({}, lesson);
    const attempts = [wrong];
    const onPaper = {
      lab,
      lesson: { ...lesson, attempts },
      attempts,
      switches,
      clients: ["node"] as const,
      nodeName: "Node",
    };
    const [cell] = await printRun(onPaper, {
      print,
      remark: print,
      width: 80,
      paint: paintNothing,
    });
    expect(cell?.verdict).toBe("surprise");
    expect(printed.join("\n")).toContain(
      ' 1: result: the lesson says "refused", and it was "connected".',
    );
    expect(printed.at(-1)).toBe("Results: 1 of 1 do not match the lesson.");
  });

  describe("in a terminal", () => {
    it("asks in the next lesson as well, and the run of the one before ends", async () => {
      const terminal = new StreamTerminal();
      const runs: Promise<unknown>[] = [];
      const gate = new EventEmitter();
      const opened = once(gate, "open");
      const run: Lab["run"] = (...choice) => {
        const seen = opened.then(() => lab.run(...choice));
        runs.push(seen);
        return seen;
      };
      const parts = partsIn(terminal, lab);
      const gated = { ...parts, sandbox: { ...parts.sandbox, lab: { ...lab, run } } };
      const switches = switchesFor({}, await readLesson(3));
      const live = new Live({ ...gated, readLesson: readAsking }, await readAsking(3), switches);
      try {
        await terminal.shows("Question 1 of 5");
        expect(runs).toEqual([]);
        await terminal.press("r", "… 0 of 10");
        await terminal.press("n", "Question 1 of 6");
        gate.emit("open");
        await Promise.all(runs);
        await new Promise(setImmediate);
        expect(runs).toHaveLength(1);
        await terminal.press("\r", "Question 2 of 6");
      } finally {
        live.close();
      }
    });

    it("runs, flips, opens a trace, code, and another lesson, and gives the terminal back", async () => {
      const terminal = new StreamTerminal();
      const opened: string[] = [];
      let shown = "K";
      const live = new Live(
        {
          ...partsIn(terminal, lab),
          sandbox: {
            lab,
            address: (path) => `http://127.0.0.1:1${path}#key=${shown}`,
            newAddress: (path) => `http://127.0.0.1:1${path}#key=O`,
          },
          openInBrowser: (url, onFailure) => {
            opened.push(url);
            if (opened.length === 2) onFailure("No browser could be opened.");
            return Promise.resolve();
          },
        },
        await readForLive(3),
        switchesFor({}, await readLesson(3)),
      );
      try {
        expect(terminal.raw).toEqual([true]);
        await terminal.shows("9 results match");
        await terminal.shows("o http://127.0.0.1:1/lesson/3#key=K");
        shown = "L";
        live.showAddress();
        await terminal.shows("o http://127.0.0.1:1/lesson/3#key=L");
        await terminal.press("o", "The page opens in your browser.");
        await terminal.press("f", "f esm   a passport");
        await terminal.shows("9 results match");
        await terminal.press("2", "▸✓ connected");
        await terminal.press("\r", "GET /socket.io/ · websocket handshake");
        await terminal.press("o", "No browser could be opened.");
        expect(opened).toEqual([
          "http://127.0.0.1:1/lesson/3#key=O",
          "http://127.0.0.1:1/lesson/3?variant=esm&attempt=websocket&client=node#key=O",
        ]);
        await terminal.press("\u001B", "Payload, websocket only");
        await terminal.press("c", "variants/esm/handshake.mjs");
        await terminal.press("f", "variants/ts/handshake.ts");
        await terminal.press("\u001A", "variants/ts/handshake.ts");
        await terminal.press("n", "Lesson 4 of ");
        await terminal.press("nn", "Lesson 6 of ");
        await terminal.press("?", "choose a cell");
        terminal.input.write("q");
        await live.ended;
      } finally {
        live.close();
      }
      // Given back for the pause, taken again, given back at the end.
      expect(terminal.raw).toEqual([true, false, true, false]);
      expect(terminal.written.endsWith("\u001B[?25h\u001B[?1049l")).toBe(true);
    });
  });
});

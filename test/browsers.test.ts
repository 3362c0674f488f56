// Engines run the lessons and are compared, and end when they shall; with a real Chromium, and one that says other things.
import { beforeAll, describe, expect, it } from "vitest";
import type { ActOutcome } from "../scripts/model/acts.ts";
import type { Browser } from "../scripts/lab/browser/browser.ts";
import { chromium } from "../scripts/tools/engines/chromium.ts";
import type { Engine, FoundEngine, RunningEngine } from "../scripts/tools/engines/engine.ts";
import {
  compareRuns,
  hasFailed,
  type Sum,
  sumUp,
} from "../scripts/tools/engines/matrix-compare.ts";
import { type EngineEnd, type EngineRun, runMatrix } from "../scripts/tools/engines/matrix-run.ts";
import type { Lesson } from "../scripts/model/lesson.ts";
import { readLesson } from "../scripts/lab/lessons/files.ts";
import { renderEngines, renderSum } from "../scripts/terminal/engines-view.ts";
import { paintNothing } from "../scripts/terminal/paint.ts";
import { widthOf } from "../scripts/terminal/text.ts";

const IDS = new Set(["polling-first", "websocket", "payload"]);

/** Lesson 3 with three of its attempts. */
async function shortLesson(): Promise<Lesson> {
  const lesson = await readLesson(3);
  return { ...lesson, attempts: lesson.attempts.filter(({ id }) => IDS.has(id)) };
}

/** Chromium under another name, but for what its pages are made to say. */
function planted(
  change: (outcome: ActOutcome) => object,
  onStart?: (running: RunningEngine) => void,
): Engine {
  return {
    name: "firefox",
    async find(env) {
      const found = (await chromium.find(env)) as FoundEngine;
      return {
        start: async (signal) => {
          const running = await found.start(signal);
          onStart?.(running);
          return { ...running, name: "Planted 1", newPage: (url) => plantIn(running, url, change) };
        },
      };
    },
  };
}

async function plantIn(
  running: RunningEngine,
  url: string,
  change: (outcome: ActOutcome) => object,
): ReturnType<RunningEngine["newPage"]> {
  const page = await running.newPage(url);
  return {
    ...page,
    call: async (name, ...args) => ((await page.call(name, ...args)) as ActOutcome[]).map(change),
  };
}

/** Another message, which the lesson speaks of; and something more of a connection, which it does not. */
function sayOtherwise(outcome: ActOutcome): object {
  if (outcome.result === "refused") return { ...outcome, message: "no, thanks" };
  const isWebSocket = outcome.result === "connected" && outcome.firstTransport === "websocket";
  return isWebSocket ? { ...outcome, extra: { code: 7 } } : outcome;
}

function render(compared: EngineRun[]): string[] {
  const names = compared.map(({ name }) => name);
  const lines = renderEngines(compareRuns(compared), names, { width: 80, paint: paintNothing });
  expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
  return lines.map((line) => line.trim());
}

describe("engines that made the same attempts", () => {
  let runs: EngineRun[];
  beforeAll(async () => {
    const { signal } = new AbortController();
    const engines = [chromium, planted(sayOtherwise)];
    const ends = await runMatrix({ engines, lessons: [await shortLesson()], signal });
    for (const end of ends) if ("failure" in end) throw new Error(end.failure);
    runs = ends.filter((end) => "lessons" in end);
  }, 60_000);

  it("agree: then a lesson has one line", () => {
    const [first] = runs;
    const same: EngineRun[] = [first!, { ...first!, name: "Same 1" }];
    expect(sumUp(compareRuns(same), 2)).toEqual({
      engines: 2,
      attempts: 6,
      againstLessons: 0,
      betweenEngines: 0,
    });
    expect(render(same)).toEqual([
      expect.stringMatching(/^As the lesson says +\w+ \d+ +Same 1$/),
      expect.stringMatching(/^3 Websocket only +3 of 3 +3 of 3$/),
    ]);
  });

  it("differ: then each field is named with its values, and a surprise with what the lesson says", () => {
    const [{ name }] = runs as [EngineRun];
    expect(render(runs)).toEqual([
      expect.anything(),
      expect.stringMatching(/^3 Websocket only +3 of 3 +2 of 3$/),
      expect.stringMatching(/^2 Websocket only +✗ refused +✗ refused !$/),
      `message: "websocket error" in ${name}; "no, thanks" in Planted 1`,
      '! Planted 1: message: the lesson says "websocket error", and it was "no,',
      'thanks".',
      expect.stringMatching(/^3 .+ ✓ connected +✓ connected$/),
      `extra: nothing in ${name}; {"code": 7} in Planted 1`,
    ]);
  });

  it("are summed up", () => {
    const sum = sumUp(compareRuns(runs), 2);
    expect(sum).toEqual({ engines: 2, attempts: 6, againstLessons: 1, betweenEngines: 2 });
    expect(renderSum(sum)).toBe(
      "6 attempts in 2 engines: 1 differs from what the lessons say, 2 differ between engines.",
    );
  });
});

describe("the command", () => {
  const sum: Sum = { engines: 2, attempts: 6, againstLessons: 0, betweenEngines: 2 };
  const failure: EngineEnd = { engine: "firefox", failure: "It ended." };
  const missing: EngineEnd = { engine: "webkit", missing: "It is not there." };

  it("succeeds where engines differ in what no lesson speaks of, and where one is not there", () => {
    expect(hasFailed([missing], sum, false)).toBe(false);
  });

  it.each([
    ["an engine differs from a lesson", [], { ...sum, againstLessons: 1 }, false],
    ["an engine fails", [failure], sum, false],
    ["an engine that was named is not there", [missing], sum, true],
    ["there is no engine", [missing], { ...sum, engines: 0 }, false],
  ])("fails where %s", (_, ends, given, isNamed) => {
    expect(hasFailed(ends, given, isNamed)).toBe(true);
  });
});

describe("a run that is aborted", () => {
  it("ends the engine, and starts no other", async () => {
    const abort = new AbortController();
    const pids: number[] = [];
    const engine = planted(sayOtherwise, (running) =>
      pids.push((running as unknown as Browser).pid),
    );
    const running = runMatrix({
      engines: [engine, engine],
      lessons: [await shortLesson()],
      signal: abort.signal,
      onProgress: ({ done }) => done === 1 && abort.abort(),
    });
    await expect(running).rejects.toThrow(/abort/);
    expect(pids).toHaveLength(1);
    expect(() => process.kill(pids[0]!, 0)).toThrow(/ESRCH/);
  }, 60_000);
});

// Proves what a person gets who types `npm run lesson`: on paper, as JSON, and when it is interrupted.
import { describe, expect, it } from "vitest";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { findLesson } from "../../scripts/terminal/lesson/find-lesson.ts";
import { ArgumentsError } from "../../scripts/command/arguments.ts";
import { readOptions } from "../../scripts/terminal/lesson/lesson-options.ts";
import type { Cell } from "../../scripts/lab/lessons/run.ts";
import { renderCellLine } from "../../scripts/terminal/lesson/cell-words.ts";
import { paintNothing } from "../../scripts/terminal/paint.ts";
import { widthOf } from "../../scripts/terminal/text.ts";
import { descendantsOf, isRunning } from "../helpers/descendants.ts";
import { type Ended, runCommand, startCommand } from "../helpers/node-process.ts";

const NODE_ONLY = ["--once", "--client", "node"];

function run(...args: string[]): Promise<Ended> {
  return runCommand("lesson", args);
}

describe("npm run lesson", () => {
  it("lists the lessons with their goals", async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    const lesson = await readLesson(3);
    expect(stdout).toContain(` 3  ${lesson.title}   `);
    expect(stdout).toContain(lesson.goal.slice(0, 50));
  });

  it("explains itself", async () => {
    const { code, stdout } = await run("--help");
    expect(code).toBe(0);
    for (const option of ["format", "auth", "transports", "token", "client", "once", "json"])
      expect(stdout).toContain(`--${option}`);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([
    [["3", "--predict"], /^--predict asks in a terminal, in a lesson that stays open there\.$/],
    [["77"], /^There is no lesson 77\. The lessons there are: 1 log-in/],
    [["3", "--auth", "payload"], /^In lesson 3, --auth must be passport or manual: This lesson/],
  ])("refuses %j in one sentence", async (args, sentence) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("the line of a cell", () => {
  it("keeps its words apart, the longest verdict too", async () => {
    const attempt = (await readLesson(3)).attempts[0]!;
    const unseen = { outcome: [], trace: { steps: [] }, verdict: "no browser", differences: [] };
    const cell = { ...unseen, attempt, client: "browser", server: "cjs" } as Cell;
    const line = renderCellLine(cell, 1, 80, paintNothing);
    expect(line).toMatch(/^ 1 browser .* – no browser Polling first/);
    expect(widthOf(line)).toBeLessThanOrEqual(80);
    const { attempts } = await readLesson(8);
    const inGroup = attempts.filter(({ group }) => group === "After the login");
    const ends = inGroup.map((each) =>
      renderCellLine({ ...cell, attempt: each }, 1, 80, paintNothing).slice(-15),
    );
    expect(ends).toEqual(["nothing more ·…", "websocket only…"]);
  });
});

describe("options", () => {
  it("gives the switches that were named, and both clients unless one is", () => {
    expect(
      readOptions(["3", "--format", "esm", "--transports", "websocket,polling"], {}),
    ).toMatchObject({
      lesson: "3",
      switches: { variant: "esm", serverTransports: ["websocket", "polling"] },
      clients: ["browser", "node"],
    });
    expect(readOptions(["3", "--client", "node"], {})).toMatchObject({
      switches: {},
      clients: ["node"],
    });
  });

  it.each([
    [["--predict"], "--predict goes with a lesson, as in npm run lesson 3 -- --predict."],
    [
      ["3", "--predict", "--client", "node"],
      "--predict asks about both clients: leave out --client.",
    ],
    [["3", "--format", "mjs"], '--format must be one of cjs, esm, ts, got "mjs".'],
    [["--auth", "none"], '--auth must be one of passport, manual, payload, cookie, got "none".'],
    [["--transports", "udp"], '--transports must be one of polling, websocket, got "udp".'],
    [["--transports", ","], "--transports must name polling or websocket, or both."],
    [["--client", "curl"], '--client must be one of browser, node, got "curl".'],
    [["--quiet"], "There is no flag --quiet: npm run lesson -- --help lists the flags."],
    [
      ["3", "4"],
      "One lesson at a time, got 3, 4: put flags after --, as in npm run lesson 3 -- --format esm.",
    ],
  ])("refuses %j", (args, sentence) => {
    expect(() => readOptions(args, {})).toThrow(new ArgumentsError(sentence));
  });

  it("finds a lesson by its name as well, and lists all when there is none of that name", async () => {
    expect((await findLesson("websocket-only")).number).toBe(3);
    await expect(findLesson("websockets")).rejects.toThrow(
      /^There is no lesson "websockets"\. .* 1 log-in/,
    );
  });
});

describe("npm run lesson 3, without a terminal", () => {
  it("prints goal, words, matrix, reasons and a trace in 80 columns without colours, and exits 0", async () => {
    const { code, stdout, stderr } = await run("3", ...NODE_ONLY);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^ 2 node +✓ connected +john, websocket += matches +Websocket only$/m);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("Lesson 3 · Websocket only");
    expect(stdout).toMatch(/^ 2 Websocket only +✓ connected +john, websocket +0* *=$/m);
    expect(stdout).toContain("Why\n");
    expect(stdout).toMatch(/│─ GET \/socket\.io\/ · websocket handshake ─+▶│$/m);
    expect(stdout).toMatch(/│ {2}\?EIO=4&transport=websocket +│$/m);
    expect(stdout).toMatch(/◀─+ 101 Switching Protocols ─│/);
    expect(lines.at(-2)).toBe("Results: all 9 match the lesson.");
    expect(stdout).not.toContain("\u001B");
    expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
  });

  it("shows browser and Node beside each other", async () => {
    const { code, stdout } = await run("3", "--once");
    expect(stdout).toMatch(/^ 2 Websocket only +✗ refused += +✓ connected +=$/m);
    expect(stdout).toContain("Results: all 18 match the lesson.");
    expect(code).toBe(0);
  });

  it("runs under other switches", async () => {
    const { stdout } = await run(
      "3",
      ...NODE_ONLY,
      "--format",
      "esm",
      "--auth",
      "manual",
      "--transports",
      "websocket",
    );
    expect(stdout).toContain("Server: esm · manual · websocket");
    expect(stdout).toMatch(/^ 1 Polling first.* ✗ refused .* ~$/m);
  });

  it("runs the own attempt beside the lesson's, where a token is named for it", async () => {
    const { code, stdout } = await run("2", ...NODE_ONLY, "--token", "expired");
    expect(stdout).toMatch(/^ 7 Your own attempt +✗ refused +xhr poll error, 401 +~$/m);
    expect(stdout).toContain("Results: all 6 match the lesson.");
    expect(code).toBe(0);
  });

  it("gives one JSON document, in which there is no token", async () => {
    const { code, stdout, stderr } = await run("1", "--json", "--client", "node");
    expect(code).toBe(0);
    // Where it takes longer than a second, it says how far it is.
    expect(stderr).toMatch(/^(?:… \d+ of 8\n)*$/);
    const { lesson, switches, cells } = JSON.parse(stdout) as {
      lesson: { number: number };
      switches: object;
      cells: {
        attempt: string;
        client: string;
        verdict: string;
        outcome: object;
        trace: { steps: unknown[] };
      }[];
    };
    expect(lesson.number).toBe(1);
    expect(switches).toEqual((await readLesson(1)).switches);
    expect(cells).toHaveLength((await readLesson(1)).attempts.length);
    expect(cells[0]).toMatchObject({ attempt: "login", client: "node", verdict: "as expected" });
    expect(cells[0]?.trace.steps.length).toBeGreaterThan(0);
    expect(stdout).not.toMatch(/eyJ[\w-]{10}/);
  });
});

describe.runIf(process.platform === "linux")("when it is interrupted", () => {
  it.each([
    ["SIGINT", 130, []],
    ["SIGTERM", 143, ["--client", "node"]],
    ["SIGHUP", 129, ["--client", "node"]],
  ] as const)(
    "%s leaves nothing running",
    async (signal, expected, options) => {
      const command = startCommand("lesson", ["3", "--once", ...options]);
      // The first cell: by now a variant runs, and a browser is being started.
      await command.remarked(/✓|✗/);
      const started = await descendantsOf(command.pid);
      expect(started.length).toBeGreaterThan(0);
      command.kill(signal);
      expect((await command.ended).code).toBe(expected);
      // The browser's own helpers end by themselves once it has gone.
      await expect.poll(() => Promise.all(started.map(isRunning))).not.toContain(true);
    },
    30_000,
  );
});

// What `npm run benchmark` is asked for, and how its lines read.
import { describe, expect, it } from "vitest";
import { BENCHMARK_HELP, readBenchmarkOptions } from "../../scripts/tools/benchmark/options.ts";
import { PARTS } from "../../scripts/tools/benchmark/parts.ts";
import { median, renderRow, renderRowHead, type Row } from "../../scripts/tools/benchmark/row.ts";
import { timeUntilPrinted } from "../../scripts/tools/benchmark/spawned.ts";

describe("the options of the benchmark", () => {
  it("leave out what takes long, unless it is named or all are wanted", () => {
    expect(readBenchmarkOptions([], {})?.parts).toEqual([
      "handshakes",
      "wire",
      "flip",
      "exercise",
      "memory",
      "lesson",
      "page",
    ]);
    expect(readBenchmarkOptions(["--all"], {})?.parts).toEqual(Object.keys(PARTS));
    expect(readBenchmarkOptions(["--only", "conformance, flip", "--rounds", "2"], {})).toEqual({
      parts: ["flip", "conformance"],
      rounds: 2,
      handshakes: 400,
    });
    expect(readBenchmarkOptions(["--help"], {})).toBeUndefined();
  });

  it.each([
    [["--only", "flips"], /^--only must name some of handshakes, .*, got "flips"\.$/],
    [["--rounds", "0"], /^--rounds must be a whole number from 1 to 10000, got "0"\.$/],
    [["--handshakes", "1e3"], /^--handshakes must be .*, got "1e3"\.$/],
    [["--fast"], /--fast/],
  ])("%j is refused in one sentence", (args, sentence) => {
    expect(() => readBenchmarkOptions(args, {})).toThrow(sentence);
  });

  it("are explained in 80 columns", () => {
    expect(BENCHMARK_HELP.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("a line of the benchmark", () => {
  const row: Row = {
    label: "transports, on the page",
    unit: "ms",
    values: [30, 10, 20],
    baselines: [10, 10, 10],
    budget: { value: 50, ratio: 4 },
  };

  it("has the median, its ratio to the baseline of the same round, the spread and the budget", () => {
    expect(renderRow(row)).toBe(
      "transports, on the page       20.0 ms    2.00  1.00–3.00    4 ×, 50 ms",
    );
    expect(renderRowHead().indexOf("min–max")).toBe(renderRow(row).indexOf("1.00–3.00"));
  });

  it.each([
    ["ratio", { ratio: 1.9 }],
    ["value", { value: 19 }],
    ["difference", { more: 9 }],
  ])("says when the %s is over its budget", (_what, budget) => {
    expect(renderRow({ ...row, budget })).toMatch(/ {2}over$/);
  });

  it("may allow so much more than the baseline", () => {
    expect(renderRow({ ...row, budget: { more: 10 } })).toMatch(/ {4}10 ms more$/);
  });

  it("shows the spread of the values where nothing compares", () => {
    const { baselines: _, ...alone } = row;
    expect(renderRow(alone)).toMatch(/20\.0 ms {10}10\.0–30\.0 /);
  });

  it("takes the value in the middle", () => {
    expect([median([3, 1, 2]), median([5])]).toEqual([2, 5]);
  });

  it("fits 80 columns at its longest", () => {
    const values = [12_345, 99_999];
    const long = { ...row, values, baselines: [1, 1], budget: { value: 1_000, ratio: 1.5 } };
    expect(renderRow(long).length).toBeLessThanOrEqual(80);
  });
});

describe("a program that is timed", () => {
  it("is ended once it has printed what was waited for, and with it what it has started", async () => {
    const program =
      'const { spawn } = require("node:child_process");' +
      'spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });' +
      'console.log("ready");';
    // It resolves when the last of them has closed its output.
    expect(await timeUntilPrinted([process.execPath, "-e", program], /ready/)).toBeGreaterThan(0);
  });

  it("that ends too early is an error with its last words", async () => {
    const program = 'console.error("no port left"); process.exitCode = 3;';
    await expect(timeUntilPrinted([process.execPath, "-e", program], /ready/)).rejects.toThrow(
      "no port left",
    );
  });
});

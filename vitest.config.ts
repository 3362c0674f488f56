// One run for all tests: real processes and a real browser, so files share workers and nothing is mocked.
import { defineConfig } from "vitest/config";
import LongestFirstSequencer from "./test/setup/longest-first.sequencer.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Tests start commands as a person does after `npm install`.
    globalSetup: "./test/setup/global-setup.ts",
    // Where there is one; CHROME_PATH names another.
    env: { CHROME_FROM: "npm" },
    isolate: false,
    pool: "threads",
    // Two files at a time, also where there are only two cores: a file waits for its servers and its browser half of the
    // time, and by default Vitest leaves a core to itself.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirstSequencer },
    // Only a test that hangs takes so long: a machine that does other work as well must fail none.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ["default", "./test/setup/plain-line.reporter.ts"],
  },
});

// One run for all tests: real processes and a real browser, so files share workers and nothing is mocked.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    isolate: false,
    pool: "threads",
    testTimeout: 15_000,
    hookTimeout: 30_000,
    reporters: ["default", "./test/plain-line.reporter.ts"],
  },
});

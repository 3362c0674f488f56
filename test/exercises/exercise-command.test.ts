// What `npm run exercise` gives without a screen: words, exit codes, one JSON document.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import type { Check } from "../../scripts/model/exercise.ts";
import { readExerciseOptions } from "../../scripts/terminal/exercise/exercise-options.ts";
import { runCommand } from "../helpers/node-process.ts";

const FOLDER = path.join(ROOT, "work", `.test-command-${process.pid}`);
const NAME = "05-the-user-id-as-a-room";
const place = { WORK_FOLDER: FOLDER, PROGRESS_FOLDER: path.join(FOLDER, "kept") };
afterAll(() => rm(FOLDER, { recursive: true, force: true }));
const exercise = (...args: string[]) => runCommand("exercise", args, { env: place });

describe("what was typed", () => {
  it.each([
    [["4", "5"], "One exercise at a time, got 4, 5"],
    [["--check"], "--check goes with an exercise, as in npm run exercise 4 -- --check."],
    [["4", "--format", "mjs"], '--format must be one of cjs, esm, ts, got "mjs".'],
    [["4", "--hint", "0"], '--hint must be the number of a hint, from 1, got "0".'],
    [["4", "--solution"], "--solution shows the answer: add --yes"],
    [["4", "--reset"], "--reset begins again: add --yes"],
    [["4", "--diff", "--json"], "One of --json and --diff at a time."],
  ])("%j is refused in one sentence", (args, sentence) => {
    expect(() => readExerciseOptions(args, {})).toThrow(sentence);
  });

  it("takes no setting of npm for its own --yes", () => {
    const env = { npm_lifecycle_event: "exercise", npm_config_yes: "true" };
    expect(readExerciseOptions(["4"], env)).toMatchObject({ yes: false });
  });
});

describe("npm run exercise, once", () => {
  it("exits with 2 for an exercise that is not there, and lists those that are", async () => {
    const { code, stderr } = await exercise("99");
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^There is no exercise "99": there are 2, 3, 4, 4b, 5, .* shows their titles\.\n$/,
    );
  });

  it(
    "exits with 1, solved with 0; begun again, nothing differs from the start",
    { timeout: 120_000 },
    async () => {
      const first = await exercise("5", "--format", "esm", "--json");
      expect(first.code).toBe(1);
      const { rows, isSolved } = JSON.parse(first.stdout) as Check;
      expect(isSolved).toBe(false);
      expect(rows[0]).toMatchObject({ id: "both-tabs", result: "failed" });
      // No token, though each row has its trace.
      expect(first.stdout).not.toMatch(/eyJ[\w-]+\.eyJ/);

      const copy = path.join(FOLDER, NAME, "esm");
      await cp(folderOf("esm"), copy, { recursive: true });
      // A file where the folder should be: neither a version nor the success can be stored.
      const places = [path.join(FOLDER, ".history", NAME, "esm"), path.join(FOLDER, "kept")];
      for (const each of places) {
        await rm(each, { recursive: true, force: true });
        await writeFile(each, "");
      }
      const solved = await exercise("5", "--format", "esm", "--check");
      expect(solved.stderr).toMatch(
        /^\S+ cannot be read \(ENOTDIR\)\.\n\S+ cannot be read \(ENOTDIR\): this run is not noted\.\n$/,
      );
      expect(solved.stdout).toMatch(/✓ the whole suite: (\d+) of \1\n\nSolved\./);
      expect(solved.code).toBe(0);
      for (const each of places) await rm(each);

      const name = "user-rooms.mjs";
      await writeFile(path.join(copy, name), "(");
      const broken = await exercise("5", "--format", "esm", "--check");
      expect(broken.stdout).toMatch(
        /\n\nA hint: npm run exercise 5 -- --hint 1 \(there are \d\)\.\n$/,
      );
      expect((await exercise("5", "--format", "esm", "--reset", "--yes")).code).toBe(0);
      expect(await readFile(path.join(copy, name), "utf8")).toMatch(
        /^\/\/ The start of an exercise/,
      );
      const solution = await exercise("5", "--format", "esm", "--solution", "--yes");
      expect(solution.stdout).toMatch(/\+ .*io\.to\(userRoom\(userId\)\)/);
      const { stdout } = await exercise("5", "--format", "esm", "--diff");
      expect(stdout.trim()).toBe("Nothing differs.");
    },
  );
});

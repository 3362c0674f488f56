// What npm itself does with this project: it leaves the lock file as it is, and a flag that it keeps is noticed.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../scripts/lab/servers/variants.ts";
import { type Ended, startProgram } from "../helpers/node-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "npm-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** With a log of its own: it says what was typed. */
function npm(args: string[], cwd = ROOT): Promise<Ended> {
  const env = { npm_config_cache: path.join(folder, "cache") };
  return startProgram("npm", args, { cwd, env }).ended;
}

describe("npm install", () => {
  it("leaves a lock file as it is that another npm would write otherwise", async () => {
    for (const name of ["package.json", ".npmrc"])
      await cp(path.join(ROOT, name), path.join(folder, name));
    const lock = await readFile(path.join(ROOT, "package-lock.json"), "utf8");
    // npm 10 writes a lock file without these, npm 11 with them.
    const other = lock.replaceAll(/^ +"libc": \[[^\]]*\],\n|^ +"dev": true,\n/gm, "");
    expect(other).not.toBe(lock);
    const file = path.join(folder, "package-lock.json");
    await writeFile(file, other);
    const install = ["install", "--package-lock-only", "--offline", "--ignore-scripts"];
    expect(await npm(install, folder)).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(other);
  });

  it("finds in the lock file what each package must be, and no registry", async () => {
    const text = await readFile(path.join(ROOT, "package-lock.json"), "utf8");
    const { packages } = JSON.parse(text) as { packages: Record<string, object> };
    const { "": _, ...installed } = packages;
    const wrong = Object.entries(installed).filter(
      ([, facts]) => !("integrity" in facts) || "resolved" in facts,
    );
    expect(wrong).toEqual([]);
  });
});

describe("a flag without -- before it", () => {
  // npm has settings with the first two names and none of these values: nothing is left of them in the environment.
  it.runIf(process.platform === "linux").each([
    [["start", "esm", "--auth", "manual"], "--auth", "npm start esm -- --auth manual"],
    [["run", "browsers", "--open=firefox"], "--open", "npm run browsers -- --open firefox"],
    [["start", "--port", "0"], "--port", "npm start -- --port 0"],
    [
      ["run", "-s", "lesson", "3", "--token", "expired", "--once"],
      "--token and --once",
      "npm run lesson 3 -- --token expired --once",
    ],
  ])("is noticed: npm %j", async (args, flags, example) => {
    const { code, stderr } = await npm(args);
    expect(stderr).toContain(
      `npm kept ${flags} for itself: put -- before the flags, as in ${example}.\n`,
    );
    expect(code).toBe(2);
  });
});

describe("npm run -s", () => {
  it("leaves standard output to the command", async () => {
    const { stdout } = await npm(["run", "-s", "lesson", "3", "--", "--json", "--client", "node"]);
    expect(JSON.parse(stdout)).toMatchObject({ lesson: { number: 3 } });
  });
});

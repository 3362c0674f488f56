// A command is kept as JavaScript, is never older than its sources, and behaves as its sources do.
import { mkdtemp, readdir, realpath, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandBundle } from "../scripts/command/bundle.mjs";
import { type Ended, runCommand, startNode } from "./node-process.ts";

describe("the bundle of a command", () => {
  let folder: string;
  const file = (name: string): string => path.join(folder, name);
  const bundle = (): Promise<string> => commandBundle(file("greet.ts"), file("cache"));
  const run = async (): Promise<Ended> => startNode(["--enable-source-maps", await bundle()]).ended;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), "command-")));
    await writeFile(
      file("greet.ts"),
      'import { name } from "./name.ts";\nconsole.log("hello", name as string);\n',
    );
    await writeFile(file("name.ts"), 'export const name: string = "first";\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is made once", async () => {
    const first = await bundle();
    expect(await bundle()).toBe(first);
    expect((await run()).stdout).toBe("hello first\n");
  });

  it("is made anew when a file that it imports has changed, or only its time has", async () => {
    const first = await bundle();
    await writeFile(file("name.ts"), 'export const name: string = "other";\n');
    const second = await bundle();
    expect((await run()).stdout).toBe("hello other\n");
    await utimes(file("greet.ts"), 0, 0);
    expect(new Set([first, second, await bundle()]).size).toBe(3);
  });

  it("is made anew when a file that it imports has gone, which is then said", async () => {
    await bundle();
    await rm(file("name.ts"));
    await expect(bundle()).rejects.toThrow('Could not resolve "./name.ts"');
  });

  it("keeps the older one, which may still be running, for a week", async () => {
    const first = path.dirname(await bundle());
    await utimes(file("name.ts"), 0, 0);
    const second = path.dirname(await bundle());
    const folders = async (): Promise<string[]> =>
      (await readdir(file("cache"))).filter((name) => !name.endsWith(".json"));
    expect((await folders()).toSorted()).toEqual(
      [first, second].map((each) => path.basename(each)).toSorted(),
    );
    await utimes(first, 0, 0);
    await utimes(file("name.ts"), 1, 1);
    await bundle();
    expect(await folders()).toHaveLength(2);
    expect(await folders()).not.toContain(path.basename(first));
  });

  it("finds other files from where each source lies", async () => {
    const places = "console.log(import.meta.dirname, import.meta.url);";
    await writeFile(file("greet.ts"), `// import.meta\n${places}\nconsole.log("import.meta.url");`);
    const url = new URL(`file://${file("greet.ts")}`).href;
    expect((await run()).stdout).toBe(`${folder} ${url}\nimport.meta.url\n`);
  });

  it("names the line of the source when it breaks", async () => {
    await writeFile(
      file("greet.ts"),
      "interface Left {\n  out: string;\n}\nconst left: Left = { out: import.meta.dirname };\n" +
        "console.log(left);\nthrow new Error(`broken`);\n",
    );
    const { stderr, code } = await run();
    expect(code).toBe(1);
    expect(stderr).toContain(`${file("greet.ts")}:6:7`);
  });
});

describe("scripts/run.mjs", () => {
  it("runs a command with its arguments, as Node does with its source", async () => {
    const args = ["3", "--auth", "payload"];
    const ran = await startNode(["scripts/run.mjs", "lesson", ...args]).ended;
    expect(ran).toEqual(await runCommand("lesson", args));
    expect(ran.stderr).toMatch(/^In lesson 3, --auth must be/);
  });
});

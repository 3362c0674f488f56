// Both builds of the TypeScript variant start, and a build may run while others build or start.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildVariants } from "../scripts/lab/servers/build.ts";
import { startVariant } from "../scripts/lab/servers/process.ts";
import { BUILDS, extensionOf, folderOf, ROOT } from "../scripts/lab/servers/variants.ts";
import { logIn, runCommand, whoAmI } from "./node-process.ts";

describe.each(BUILDS)("%s", (build) => {
  beforeAll(async () => {
    await buildVariants();
  });

  it("starts, logs in and connects a socket", async () => {
    const server = await startVariant(build);
    try {
      const user = await whoAmI(server.url, await logIn(server.url));
      expect(user).toEqual({ id: 1, username: "john" });
    } finally {
      await server.stop();
    }
  });

  it("serves the client page", async () => {
    const server = await startVariant(build);
    try {
      expect((await fetch(server.url)).headers.get("content-type")).toMatch(/^text\/html/);
    } finally {
      await server.stop();
    }
  });

  it("has one file for each source", async () => {
    const sources = await readdir(folderOf("ts"));
    const expected = sources.map((name) => name.replace(/ts$/, extensionOf(build)));
    expect(await readdir(folderOf(build))).toEqual(expected);
  });
});

describe("a build", () => {
  let target: string;
  beforeAll(async () => {
    // Inside the project, so that the packages are found.
    target = await mkdtemp(path.join(ROOT, "node_modules", ".build-test-"));
  });
  afterAll(() => rm(target, { recursive: true }));

  it("removes a file that has no source any more", async () => {
    await buildVariants({ target });
    const stray = path.join(target, "esm", "gone.mjs");
    await writeFile(stray, "");
    await buildVariants({ target });
    expect(await readdir(path.dirname(stray))).not.toContain("gone.mjs");
  });

  it("runs beside others and beside servers that start, and leaves nothing unfinished", async () => {
    await buildVariants({ target });
    const folder = path.join(target, "esm");
    const builds = Array.from({ length: 8 }, () => buildVariants({ target }));
    const starts = Array.from({ length: 3 }, () => startVariant("built-esm", {}, { folder }));
    await Promise.all([...builds, ...starts]);
    await Promise.all(starts.map(async (start) => (await start).stop()));
    expect((await readdir(target)).toSorted()).toEqual(["cjs", "esm"]);
  });

  it("never shows a part of a file to others", async () => {
    await buildVariants({ target });
    const file = path.join(target, "esm", "server.mjs");
    const whole = await readFile(file, "utf8");
    const seen = new Set([whole]);
    const reading = new AbortController();
    const builds = Array.from({ length: 20 }, () => buildVariants({ target }));
    const ended = Promise.all(builds).finally(() => reading.abort());
    while (!reading.signal.aborted) seen.add(await readFile(file, "utf8"));
    await ended;
    expect([...seen]).toEqual([whole]);
  });

  it("names file and line of a source that cannot be read", async () => {
    const source = await mkdtemp(path.join(target, "source-"));
    await writeFile(path.join(source, "start.ts"), "const a = 1;\nconst = 2;\n");
    await expect(buildVariants({ source, target })).rejects.toThrow(/start\.ts:2:6: ERROR/);
    await rm(source, { recursive: true });
  });
});

describe("npm run build", () => {
  it("says in its last line what was written and how long it took", async () => {
    const { stdout, code } = await runCommand("build", []);
    expect(stdout).toMatch(
      /^Built dist\/cjs \(\d+ files\), dist\/esm \(\d+ files\), dist\/page \(\d+ files\) in \d+\.\d\d s\.\n$/,
    );
    expect(code).toBe(0);
    const page = await readdir(path.join(ROOT, "dist", "page"));
    expect(page.toSorted()).toEqual([
      "fonts",
      "icon.svg",
      "index.html",
      "main.js",
      "parts",
      "style.css",
    ]);
  });

  it("explains itself with --help", async () => {
    const { stdout, code } = await runCommand("build", ["--help"]);
    expect(stdout).toMatch(/^Usage: npm run build\n/);
    expect(code).toBe(0);
  });

  it("refuses arguments in one sentence", async () => {
    const { stderr, code } = await runCommand("build", ["--minify"]);
    expect(stderr).toBe("There is no flag --minify: npm run build -- --help lists the flags.\n");
    expect(code).toBe(2);
  });
});

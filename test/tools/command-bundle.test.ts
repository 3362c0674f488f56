// Commands start from bundles that `npm install` made, behave as their sources do, and write nothing where they lie.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../scripts/lab/servers/variants.ts";
import { type Ended, type Start, startNode } from "../helpers/node-process.ts";

/** The packages are too large, and the others are not there either when somebody clones the project. */
const NOT_COPIED = new Set(["node_modules", ".git", "dist", ".sandbox"]);

let folder: string;
const file = (name: string): string => path.join(folder, name);
const run = (args: string[], start: Start = {}): Promise<Ended> =>
  startNode(["scripts/run.mjs", ...args], { cwd: folder, ...start }).ended;
const prepare = async (): Promise<void> =>
  expect(await run(["prepare"])).toEqual({ stdout: "", stderr: "", code: 0 });

type FreshBundle = typeof import("../../scripts/command/fresh-bundle.mjs");
/** The bundle of the probe, as the copy itself sees it. */
async function bundleOfProbe(): Promise<string | undefined> {
  const { href } = pathToFileURL(file("scripts/command/fresh-bundle.mjs"));
  return ((await import(href)) as FreshBundle).freshBundle("probe");
}

/** @param mode as `chmod` reads it */
async function setMode(mode: string): Promise<void> {
  await promisify(execFile)("chmod", ["-R", mode, folder]);
}

/** Runs the work while a file is another one. */
async function whileChanged(
  name: string,
  content: string,
  work: () => Promise<void>,
): Promise<void> {
  const before = await readFile(file(name));
  await writeFile(file(name), content);
  try {
    await work();
  } finally {
    await writeFile(file(name), before);
  }
}

beforeAll(async () => {
  const parent = await realpath(await mkdtemp(path.join(tmpdir(), "commands-")));
  await chmod(parent, 0o755);
  folder = path.join(parent, "Eine Übung mit Leerzeichen");
  await cp(ROOT, folder, {
    recursive: true,
    filter: (source) => !NOT_COPIED.has(path.relative(ROOT, source)),
  });
  // It may be that nobody may write in the original.
  await setMode("u+w");
  await symlink(path.join(ROOT, "node_modules"), file("node_modules"));
  await writeFile(file("scripts/probe-name.ts"), 'export const name: string = "first";\n');
  await writeFile(
    file("scripts/probe.ts"),
    'import { name } from "./probe-name.ts";\ninterface Told {\n  name: string;\n}\n' +
      'console.log("hello", { name } satisfies Told, process.argv.slice(2));\n' +
      'if (process.argv.includes("--break")) throw new Error("broken");\n',
  );
});
afterAll(() => rm(path.dirname(folder), { recursive: true }));

const told = (name: string): string => `hello { name: '${name}' } [ '3', '--x' ]\n`;

describe("a command in a copy of the project", () => {
  it("starts from its sources where there are no bundles, as after npm ci --ignore-scripts", async () => {
    expect(await bundleOfProbe()).toBeUndefined();
    expect((await run(["probe", "3", "--x"])).stdout).toBe(told("first"));
    await prepare();
  });

  it("starts from its bundle, with its arguments", async () => {
    expect(await bundleOfProbe()).toContain(file("dist/commands/"));
    expect(await run(["probe", "3", "--x"])).toEqual({
      stdout: told("first"),
      stderr: "",
      code: 0,
    });
  });

  it("is not bundled again while nothing has changed but the time of a file", async () => {
    const before = await bundleOfProbe();
    await utimes(file("scripts/probe.ts"), 0, 0);
    await prepare();
    expect(await bundleOfProbe()).toBe(before);
  });

  it("starts from its sources once one of them has changed", async () => {
    await whileChanged("scripts/probe-name.ts", 'export const name = "other";\n', async () => {
      expect(await bundleOfProbe()).toBeUndefined();
      expect((await run(["probe", "3", "--x"])).stdout).toBe(told("other"));
    });
    expect(await bundleOfProbe()).toBeDefined();
  });

  it("keeps an older bundle for a week: a command may still run from it", async () => {
    const older = path.dirname((await bundleOfProbe())!);
    const oldest = path.join(path.dirname(older), "oldest");
    await mkdir(oldest);
    await utimes(oldest, 0, 0);
    await whileChanged("scripts/probe-name.ts", 'export const name = "other";\n', async () => {
      await prepare();
      expect((await run(["probe", "3", "--x"])).stdout).toBe(told("other"));
    });
    await prepare();
    expect(existsSync(older)).toBe(true);
    expect(existsSync(oldest)).toBe(false);
  });

  it.each([
    "public/attempt/attempt-page.ts",
    "public/attempt/attempt.html",
    "scripts/client/perform.ts",
  ])("does so for %s as well, which is in the page that is built with it", async (name) => {
    const source = await readFile(file(name), "utf8");
    await whileChanged(name, `${source}\n`, async () => {
      expect(await bundleOfProbe()).toBeUndefined();
    });
  });

  it.each(["", "{", '{"bundle":"'])(
    "does so where the note of its bundle is cut short: %j",
    async (rest) => {
      await whileChanged("dist/commands/probe.json", rest, async () => {
        expect((await run(["probe", "3", "--x"])).stdout).toBe(told("first"));
      });
    },
  );

  it.each(["probe.js", "attempt-page.html"])("does so where its %s is cut short", async (name) => {
    const place = path.dirname((await bundleOfProbe())!);
    await whileChanged(path.relative(folder, path.join(place, name)), "", async () => {
      expect((await run(["probe", "3", "--x"])).stdout).toBe(told("first"));
    });
  });

  it("names the line of the source when it breaks, bundled or not", async () => {
    const line = `${file("scripts/probe.ts")}:6:`;
    const bundled = await run(["probe", "--break"]);
    expect(bundled).toMatchObject({ code: 1, stderr: expect.stringContaining(line) });
    await whileChanged("dist/commands/probe.json", "", async () => {
      expect(await run(["probe", "--break"])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(line),
      });
    });
  });
});

describe.runIf(process.platform !== "win32")("in a copy that cannot be written to", () => {
  // The usual file for a container installs as root and runs as somebody else; nothing keeps root from writing.
  const user = process.getuid?.() === 0 ? { user: { uid: 65_534, gid: 65_534 } } : {};
  let temporary: string;
  const runAsOther = (...args: string[]): Promise<Ended> =>
    run(args, { ...user, env: { TMPDIR: temporary } });
  beforeAll(async () => {
    await setMode("a+rX,a-w");
    temporary = path.join(path.dirname(folder), "temporary");
    await mkdir(temporary);
    await chmod(temporary, 0o777);
  });
  afterAll(() => setMode("u+w"));

  it("says in one sentence that bundles cannot be written, and does without them", async () => {
    await setMode("u+w");
    const source = await readFile(file("scripts/probe.ts"));
    await writeFile(file("scripts/probe.ts"), `${String(source)}\n`);
    await setMode("a-w");
    const { code, stderr } = await runAsOther("prepare");
    expect(stderr).toMatch(
      /^dist.commands.\S+ cannot be written \((?:EACCES|EROFS)\): commands start more slowly\.\n$/,
    );
    expect(code).toBe(0);
    expect((await runAsOther("probe")).stdout).toBe("hello { name: 'first' } []\n");
    await setMode("u+w");
    await writeFile(file("scripts/probe.ts"), source);
    await setMode("a-w");
  });

  it.each([
    ["lesson", [], "Continue with|Start with"],
    // Lesson 2 lays files over a copy of a variant.
    ["lesson", ["2", "--once", "--client", "node"], "Results: all 6 match the lesson"],
    ["compare", ["tokens"], "rows differ:"],
    ["start", ["--help"], "Usage: npm start"],
    ["conformance", ["esm", "--auth", "manual", "--only", "http"], "0 failed"],
  ])("%s %j runs", async (name, args, sentence) => {
    const ended = await runAsOther(name, ...args);
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(sentence) });
  });
});

describe("scripts/run.mjs", () => {
  it.each(["14.21.3", "18.20.8", "20.18.3"])(
    "says in one sentence that Node %s is too old",
    async (version) => {
      const pretend = `Object.defineProperty(process, "version", { value: "v${version}" });
      Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
      const load = `data:text/javascript,${encodeURIComponent(pretend)}`;
      expect(await startNode(["--import", load, "scripts/run.mjs", "lesson"]).ended).toEqual({
        stdout: "",
        stderr: `This needs Node 20.19 or newer; this is v${version}.\n`,
        code: 2,
      });
    },
  );

  it("asks for the Node that package.json asks for, and can be read by older ones", async () => {
    const program = await readFile(path.join(ROOT, "scripts/run.mjs"), "utf8");
    const { engines } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8")) as {
      engines: { node: string };
    };
    expect(program).toContain(`needs Node ${engines.node.replace(">=", "")} or newer`);
    // What Node 14 would not read, it would not get to say.
    const { code } = await transform(program, { target: "node14", format: "esm" });
    const { code: same } = await transform(program, { target: "esnext", format: "esm" });
    expect(code).toBe(same);
    expect(program).not.toMatch(/^(?:import|export) |\bawait\b/m);
  });
});

// `npm run browsers` as a process: a real browser runs a lesson, and one that fails or is stopped leaves nothing running.
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { remarkOnProgress } from "../../scripts/terminal/lesson/progress-remarks.ts";
import { knock, welcomeOf } from "../helpers/control-page.ts";
import { type Ended, type NodeProcess, type Start, startCommand } from "../helpers/node-process.ts";

let folder: string;
const started: NodeProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "browsers-command-"));
});
afterEach(async () => {
  for (const each of started.splice(0)) {
    each.kill("SIGTERM");
    await each.ended;
  }
});
afterAll(() => rm(folder, { recursive: true }));

function start(args: string[], how?: Start): NodeProcess {
  const command = startCommand("browsers", args, how);
  started.push(command);
  return command;
}

/** Without what it says of its progress. */
function remarks({ stderr }: Ended): string {
  return stderr.replaceAll(/^… .*\n/gm, "");
}

/** The command lines of this user's processes that hold a text. */
async function commandLinesWith(text: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => ""));
  return (await Promise.all(lines)).filter((line) => line.includes(text));
}

it("runs a lesson in a real browser, goes on where another cannot start, and writes the JSON without a token", async () => {
  const broken = path.join(folder, "broken");
  await writeFile(broken, "#!/bin/sh\necho it broke >&2\nexit 9\n");
  await chmod(broken, 0o755);
  const json = path.join(folder, "results.json");
  const browsers = ["--open", broken, "--open", "/no/such", "--open", "chromium"];
  const ended = await start(["2", ...browsers, "--json", json]).ended;
  expect(remarks(ended)).toBe(`${broken}: broken ended (9): it broke\n`);
  expect(ended.stdout).toMatch(
    /^\/no\/such: There is no program "\/no\/such"\.\nAs the lesson says +Chrom\w+ \d+\n2 The header on the handshake +6 of 6\n\n6 attempts in 1 browser: 0 differ from what the lessons say, /,
  );
  expect(ended.code).toBe(1);
  const text = await readFile(json, "utf8");
  const results = JSON.parse(text) as Record<string, object[]>;
  expect(results["browsers"]).toEqual([
    { wanted: broken, failure: "broken ended (9): it broke" },
    { wanted: "/no/such", missing: expect.any(String) },
    { name: expect.stringMatching(/^Chrom\w+ \d+$/) },
  ]);
  expect(results["attempts"]![1]).toMatchObject({
    lesson: 2,
    attempt: "no-header",
    seen: [{ outcome: [{ status: 401 }], verdict: "as expected" }],
  });
  expect(text).not.toContain("eyJ");
}, 60_000);

it.runIf(process.platform === "linux")(
  "shows the key in no command line, and leaves no process and no profile after Ctrl-C",
  async () => {
    const TMPDIR = await mkdtemp(path.join(folder, "stopped-"));
    const command = start(["--open", "chromium"], { env: { TMPDIR } });
    const find = (): Promise<string[]> => commandLinesWith(TMPDIR);
    await expect
      .poll(find, { timeout: 30_000 })
      .toContainEqual(expect.stringContaining("/open.html"));
    const lines = await find();
    expect(lines.filter((line) => line.includes("key="))).toEqual([]);
    command.kill("SIGINT");
    const ended = await command.ended;
    expect({ code: ended.code, remarks: remarks(ended) }).toEqual({ code: 130, remarks: "" });
    expect(await commandLinesWith(TMPDIR)).toEqual([]);
    expect(await readdir(TMPDIR)).toEqual([]);
  },
  60_000,
);

/** The command, and the address that it prints for a person. */
async function startWithNone(): Promise<[NodeProcess, URL]> {
  const command = start(["1", "--open", "none"]);
  const [, address = ""] = await command.remarked(/^Open this .*: (http\S+)$/m);
  return [command, new URL(address)];
}

describe("a browser that a person opens", () => {
  it("needs the key, runs the lessons, and fails the command if it goes away", async () => {
    const [command, { origin, pathname, hash }] = await startWithNone();
    expect(pathname).toBe("/run/1");
    await expect(welcomeOf(knock(origin, "no key"))).rejects.toThrow(/does not open the sandbox/);
    const page = knock(origin, hash.replace("#key=", ""));
    await welcomeOf(page);
    page.close();
    const ended = await command.ended;
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: "" });
    expect(remarks(ended)).toMatch(/\nnone: This browser went away after 0 of 8 attempts\.\n$/);
  });

  it("is waited for no longer once the command is stopped", async () => {
    const [command] = await startWithNone();
    command.kill("SIGTERM");
    expect(await command.ended).toMatchObject({ code: 143, stdout: "" });
  });
});

it("refuses in one sentence a lesson that is not there", async () => {
  const { code, stdout, stderr } = await start(["77"]).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^There is no lesson 77\. The lessons there are: 1 log-in.*\n$/);
});

describe("remarks on progress", () => {
  afterEach(() => vi.useRealTimers());

  it("come after a second, then more seldom, until they are stopped", () => {
    vi.useFakeTimers();
    let count = 0;
    const stop = remarkOnProgress(() => (count += 1));
    const after = [900, 100, 2_000, 4_000, 5_000, 5_000].map((ms) => {
      vi.advanceTimersByTime(ms);
      return count;
    });
    expect(after).toEqual([0, 1, 2, 3, 4, 5]);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(count).toBe(5);
  });
});

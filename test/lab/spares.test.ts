// A process that has loaded the packages becomes any server, and prints what a server prints that was started directly.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { layOver } from "../../scripts/lab/servers/overlay.ts";
import { becomeVariant, startVariant } from "../../scripts/lab/servers/process.ts";
import { openSpares, type Spares } from "../../scripts/lab/servers/spares.ts";
import { folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import { type ExerciseFolders, exerciseFolders } from "../helpers/exercise-folder.ts";
import { logIn, whoAmI } from "../helpers/node-process.ts";

const SETTINGS = { secret: "a secret that has at least 32 bytes", auth: "payload" } as const;

let spares: Spares;
let exercises: ExerciseFolders;
beforeAll(async () => {
  spares = openSpares();
  exercises = await exerciseFolders();
});
afterAll(() => Promise.all([spares.stopAll(), exercises.removeAll()]));

describe("a spare process", () => {
  beforeEach(() => spares.refill());

  it("becomes a server of either JavaScript format, and is given once", async () => {
    const spare = spares.take("esm")!;
    expect(spares.take("cjs")).toBeUndefined();
    const { pid, url, stop } = await startVariant("esm", SETTINGS, { spare });
    expect(pid).toBe(spare.child.pid);
    expect(await whoAmI(url, await logIn(url))).toEqual({ id: 1, username: "john" });
    await stop();
  });

  it("is another one for TypeScript", async () => {
    const spare = spares.take("ts")!;
    const { pid, stop } = await startVariant("ts", SETTINGS, { spare });
    expect(pid).toBe(spare.child.pid);
    await stop();
  });

  it("may be given while it loads", async () => {
    spares.take("cjs");
    const refilled = spares.refill();
    const spare = spares.take("cjs")!;
    const { pid, stop } = await startVariant("cjs", SETTINGS, { spare });
    expect(pid).toBe(spare.child.pid);
    await stop();
    await refilled;
  });

  it("runs an exercise as it is on disk by then", async () => {
    const original = await readFile(path.join(folderOf("cjs"), "app.cjs"), "utf8");
    const changed = original.replace("res.status(401)", "res.status(418)");
    const folder = await layOver("cjs", await exercises.write("spare", { "app.cjs": changed }));
    const { url, stop } = await startVariant("cjs", SETTINGS, {
      folder,
      spare: spares.take("cjs"),
    });
    expect((await fetch(`${url}/login`, { method: "POST" })).status).toBe(418);
    await stop();
  });

  it("says of a server that cannot start what that says to a person who starts it", async () => {
    const folder = await layOver(
      "cjs",
      await exercises.write("broken", { "server.cjs": "const a = ;" }),
    );
    const start = startVariant("cjs", SETTINGS, { folder, spare: spares.take("cjs") });
    await expect(start).rejects.toThrow(
      /^The cjs variant ended \(1\) before it listened\. It printed:\n\S+server\.cjs:1\nconst a = ;\n/,
    );
  });

  it("that has been killed is not missed", async () => {
    const spare = spares.take("cjs")!;
    process.kill(spare.child.pid!, "SIGKILL");
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { pid, stop } = await startVariant("cjs", SETTINGS, { spare });
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/cjs variant was started a second/)]]);
    warn.mockRestore();
    expect(pid).not.toBe(spare.child.pid);
    await stop();
  });

  it("has loaded what the variants import", async () => {
    const spare = await readFile(path.join(ROOT, "scripts/lab/servers/spare.mjs"), "utf8");
    const files = (await readdir(folderOf("esm"))).map((name) => path.join(folderOf("esm"), name));
    const sources = await Promise.all(files.map((file) => readFile(file, "utf8")));
    const imported = sources.flatMap((source) =>
      [...source.matchAll(/ from "([a-z][a-z.-]*)";/g)].map(([, name]) => name),
    );
    expect(imported).toContain("express");
    expect(imported.filter((name) => !spare.includes(`"${name}"`))).toEqual([]);
  });
});

/** Counts only while it runs: a process that is stopped takes no time. */
const STOPS_WHILE_BUSY = `
const begin = process.cpuUsage();
const work = (ms) => { while (process.cpuUsage(begin).user < ms * 1000); };
console.log("listening on http://127.0.0.1:1");
work(20);
console.log("stops");
process.kill(process.pid, "SIGSTOP");
work(100);
console.log("goes on");
`;

// On Windows, no process can be stopped and continued.
it.skipIf(process.platform === "win32")(
  "one that is stopped for a while, as by Ctrl-Z, is not taken for a loop",
  async () => {
    const guarded = openSpares({ variants: ["cjs"], isGuarded: true });
    const folder = await exercises.write("stops", { "start.cjs": STOPS_WHILE_BUSY });
    await guarded.refill();
    const spare = guarded.take("cjs")!;
    const stops = spare.printed(/^stops/, "it stopped", 20_000);
    const goesOn = spare.printed(/^goes on|^guard/, "it went on", 20_000);
    await becomeVariant(spare, path.join(folder, "start.cjs"), SETTINGS);
    await stops;
    // Longer than a loop may last.
    await setTimeout(2_300);
    spare.child.kill("SIGCONT");
    expect((await goesOn)[0]).toBe("goes on");
    await spare.stop();
  },
);

it("none is left when they are stopped, and none comes after", async () => {
  await spares.refill();
  const left = [spares.take("cjs")!];
  await spares.refill();
  await spares.stopAll();
  await spares.refill();
  expect(spares.take("cjs")?.isRunning() ?? false).toBe(false);
  await Promise.all(left.map((spare) => spare.stop()));
});

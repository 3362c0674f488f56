// Progress: what is noted is read again, also if much is noted at once; and what is damaged hides nothing else.
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { storeFile } from "../../scripts/lab/stored-file.ts";
import { noteProgress, progressWords, readProgress } from "../../scripts/lab/lessons/progress.ts";

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "progress-"));
  folder = path.join(parent, "new", "progress");
});
afterEach(() => rm(parent, { recursive: true }));

describe("progress", () => {
  it("is empty as long as there is no folder", async () => {
    expect(await readProgress(folder)).toEqual({ progress: {}, problem: undefined });
  });

  it("keeps what is noted of each lesson and its best score, in a folder that it makes", async () => {
    await noteProgress("websocket-only", { ranAt: 1, score: { right: 3, of: 5 } }, folder);
    await noteProgress("passport-or-manual", { ranAt: 2 }, folder);
    await noteProgress("websocket-only", { ranAt: 3, score: { right: 1, of: 2 } }, folder);
    await noteProgress("websocket-only", { ranAt: 4 }, folder);
    const { progress } = await readProgress(folder);
    expect(progress).toEqual({
      "websocket-only": { ranAt: 4, score: { right: 3, of: 5 } },
      "passport-or-manual": { ranAt: 2 },
    });
    expect(Object.values(progress).map(progressWords)).toEqual(["run", "3 of 5 correct"]);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it("loses none of many that are noted at once", async () => {
    const slugs = Array.from({ length: 20 }, (_, index) => `lesson-${index % 10}`);
    await Promise.all(slugs.map((slug) => noteProgress(slug, { ranAt: 1 }, folder)));
    const { progress, problem } = await readProgress(folder);
    expect(Object.keys(progress)).toHaveLength(10);
    expect(problem).toBeUndefined();
  });

  it.each(["", "{", "[]", "null", "{}", '{"ranAt":1,"x":1}'])(
    "shows the others where a file holds %j, says so, and is whole again after the next run",
    async (text) => {
      await noteProgress("log-in", { ranAt: 1 }, folder);
      const file = path.join(folder, "websocket-only.json");
      await writeFile(file, text);
      const { progress, problem } = await readProgress(folder);
      expect(Object.keys(progress)).toEqual(["log-in"]);
      expect(problem).toBe(
        `Damaged: ${file}. What was done there counts as new until it is run again.`,
      );
      await noteProgress("websocket-only", { ranAt: 2 }, folder);
      const { progress: healed, problem: none } = await readProgress(folder);
      expect(Object.keys(healed)).toHaveLength(2);
      expect(none).toBeUndefined();
    },
  );

  it("says in one sentence that it cannot be read or written", async () => {
    await writeFile(path.join(parent, "new"), "a file where the folder should be");
    const { progress, problem } = await readProgress(folder);
    expect(progress).toEqual({});
    expect(problem).toMatch(
      /progress cannot be read \(ENOTDIR\): what was done so far is not shown\.$/,
    );
    const noting = noteProgress("log-in", { ranAt: 1 }, folder);
    await expect(noting).rejects.toMatchObject({
      code: "CANNOT_STORE",
      message: expect.stringMatching(
        /log-in\.json cannot be read \(\w+\): this run is not noted\.$/,
      ) as string,
    });
  });
});

it("a file that cannot be put in its place leaves no draft", async () => {
  const file = path.join(parent, "taken");
  await mkdir(path.join(file, "by a folder"), { recursive: true });
  await expect(storeFile(file, "text", { loss: "nothing" })).rejects.toThrow(
    /taken cannot be written \(\w+\): nothing\.$/,
  );
  expect(await readdir(parent)).toEqual(["taken"]);
});

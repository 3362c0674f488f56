// The progress file: what is noted is read again, and what is broken is neither hidden nor overwritten.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noteProgress, readProgress } from "../scripts/lab/lessons/progress.ts";

describe("progress", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "progress-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is empty as long as there is no file", async () => {
    expect(await readProgress(path.join(folder, "missing.json"))).toEqual({});
  });

  it("keeps what is noted of each lesson, in a folder that it makes", async () => {
    const file = path.join(folder, "new", "progress.json");
    await noteProgress("websocket-only", { ranAt: 1, isAsExpected: false }, file);
    await noteProgress("passport-or-manual", { ranAt: 2, isAsExpected: true }, file);
    await noteProgress("websocket-only", { ranAt: 3, isAsExpected: true }, file);
    expect(await readProgress(file)).toEqual({
      "websocket-only": { ranAt: 3, isAsExpected: true },
      "passport-or-manual": { ranAt: 2, isAsExpected: true },
    });
    expect(await readdir(path.dirname(file))).toEqual(["progress.json"]);
  });

  it.each(["", "{", "[]", "null", '{"websocket-only":true}', '{"websocket-only":{"ranAt":1}}'])(
    "refuses the damaged file %j in a sentence and leaves it as it is",
    async (text) => {
      const file = path.join(folder, "damaged.json");
      await writeFile(file, text);
      const sentence = /damaged\.json is damaged .* remove it to begin anew\.$/;
      await expect(readProgress(file)).rejects.toThrow(sentence);
      const noting = noteProgress("websocket-only", { ranAt: 1, isAsExpected: true }, file);
      await expect(noting).rejects.toMatchObject({ code: "BAD_PROGRESS" });
      expect(await readFile(file, "utf8")).toBe(text);
    },
  );
});

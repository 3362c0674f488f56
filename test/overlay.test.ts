// The files of an exercise replace their namesakes in a copy of a variant, and nothing else.
import { randomUUID } from "node:crypto";
import { readdir, readFile, utimes } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layOver } from "../scripts/lab/servers/overlay.ts";
import { extensionOf, folderOf } from "../scripts/lab/servers/variants.ts";
import { VARIANTS } from "../scripts/model/vocabulary.ts";
import { type ExerciseFolders, exerciseFolders } from "./exercise-folder.ts";

let exercises: ExerciseFolders;
beforeAll(async () => {
  exercises = await exerciseFolders();
});
afterAll(() => exercises.removeAll());

async function lay(content: string): Promise<string> {
  return layOver("cjs", await exercises.write("edited", { "manual.cjs": content }));
}

describe("layOver", () => {
  it.each(VARIANTS)("replaces a file of %s, and keeps the others", async (variant) => {
    const names = VARIANTS.map((each) => `manual.${extensionOf(each)}`);
    const files = Object.fromEntries(names.map((name) => [name, `// other ${name}`]));
    const copy = await layOver(variant, await exercises.write("replaced", files));
    const own = `manual.${extensionOf(variant)}`;
    const kept = `server.${extensionOf(variant)}`;
    expect(await readFile(path.join(copy, own), "utf8")).toBe(`// other ${own}`);
    const original = await readFile(path.join(folderOf(variant), kept), "utf8");
    expect(await readFile(path.join(copy, kept), "utf8")).toBe(original);
  });

  it("keeps a copy for a week after its last use", async () => {
    const [first, second] = [`// ${randomUUID()}`, `// ${randomUUID()}`];
    const copy = await lay(first);
    const kept = (): Promise<string[]> => readdir(path.dirname(copy));

    await utimes(copy, 0, 0);
    expect(await lay(first)).toBe(copy);
    const other = await lay(second);
    expect(await kept()).toEqual(
      expect.arrayContaining([path.basename(copy), path.basename(other)]),
    );

    await utimes(copy, 0, 0);
    await lay(`// ${randomUUID()}`);
    expect(await kept()).not.toContain(path.basename(copy));
    expect(await kept()).toContain(path.basename(other));
  });

  it.each(["manul.cjs", "notes.txt"])("refuses a file that replaces none: %s", async (name) => {
    const wrong = await exercises.write(`with-${name}`, { "manual.cjs": "", [name]: "" });
    const message = new RegExp(
      `${name} replaces no file of a variant: name it like one of bearer.cjs, `,
    );
    await expect(layOver("cjs", wrong)).rejects.toThrow(message);
  });

  it("refuses a folder without a file for the variant", async () => {
    const wrong = await exercises.write("only-cjs", { "manual.cjs": "" });
    await expect(layOver("ts", wrong)).rejects.toThrow("must hold a file for the ts variant (.ts)");
  });
});

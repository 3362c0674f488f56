// The files of an exercise replace their namesakes in a copy of a variant, and nothing else.
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layOver } from "../../scripts/lab/servers/overlay.ts";
import { extensionOf, folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import { VARIANTS } from "../../scripts/model/vocabulary.ts";
import { type ExerciseFolders, exerciseFolders } from "../helpers/exercise-folder.ts";
import { startNode } from "../helpers/node-process.ts";

let exercises: ExerciseFolders;
beforeAll(async () => {
  exercises = await exerciseFolders();
});
afterAll(() => exercises.removeAll());

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

  it("gives the same copy as long as nothing has changed, also to several at once", async () => {
    const [first, second] = [`// ${randomUUID()}`, `// ${randomUUID()}`];
    const folder = await exercises.write("edited", { "manual.cjs": first });
    const [copy, again] = await Promise.all([layOver("cjs", folder), layOver("cjs", folder)]);
    expect(again).toBe(copy);
    await exercises.write("edited", { "manual.cjs": second });
    const other = await layOver("cjs", folder);
    expect(await readFile(path.join(other, "manual.cjs"), "utf8")).toBe(second);
    expect(await readFile(path.join(copy, "manual.cjs"), "utf8")).toBe(first);
  });

  it("leaves nothing behind when the process ends", async () => {
    const program = `
      import { layOver } from "./scripts/lab/servers/overlay.ts";
      console.log(await layOver("cjs", process.argv[1]));`;
    const folder = await exercises.write("ended", { "manual.cjs": `// ${randomUUID()}` });
    const args = ["--import", "tsx", "--input-type=module", "--eval", program, folder];
    const { stdout, code } = await startNode(args).ended;
    expect(code).toBe(0);
    const copy = stdout.trim();
    expect(path.relative(ROOT, copy)).toMatch(/^\.\./);
    expect(existsSync(copy)).toBe(false);
    expect(existsSync(path.join(ROOT, "public", "client"))).toBe(true);
  });

  it.each(["manul.cjs", "notes.txt"])("refuses a file that replaces none: %s", async (name) => {
    const wrong = await exercises.write(`with-${name}`, { "manual.cjs": "", [name]: "" });
    const message = new RegExp(
      `${name} replaces no file of a variant: name it like one of .*, app.cjs, `,
    );
    await expect(layOver("cjs", wrong)).rejects.toThrow(message);
  });

  it("refuses a folder without a file for the variant", async () => {
    const wrong = await exercises.write("only-cjs", { "manual.cjs": "" });
    await expect(layOver("ts", wrong)).rejects.toThrow("must hold a file for the ts variant (.ts)");
  });
});

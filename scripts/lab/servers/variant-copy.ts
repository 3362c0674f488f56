// Copies of variants that are to be changed. They lie outside the project, in which nothing may be writable.
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Variant } from "../../model/vocabulary.ts";
import { folderOf, ROOT } from "./variants.ts";

let making: Promise<string> | undefined;

/**
 * Copies a variant.
 * @param name of the copy: nothing else of this process has it
 * @returns its folder, absolute; it is removed when this process ends, if not before
 */
export async function copyVariant(variant: Variant, name: string): Promise<string> {
  making ??= makeProject();
  const source = folderOf(variant);
  const folder = path.join(await making, "variants", name);
  await mkdir(folder, { recursive: true });
  // Without their rights: the files of the project may be such that nobody may write them.
  for (const file of await readdir(source))
    await writeFile(path.join(folder, file), await readFile(path.join(source, file)));
  return folder;
}

/** What a variant looks for around itself: packages, the word on what a `.ts` file is, the client page. */
async function makeProject(): Promise<string> {
  // Nobody else can have made it, or write in it.
  const folder = await mkdtemp(path.join(tmpdir(), "socketio-jwt-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  // On Windows anybody may make a junction.
  for (const name of ["node_modules", "public"])
    await symlink(path.join(ROOT, name), path.join(folder, name), "junction");
  await writeFile(path.join(folder, "package.json"), '{ "type": "module" }\n');
  return folder;
}

// Where the variants are, and how each is started.
import type { Variant } from "../../model/vocabulary.ts";
import { existsSync } from "node:fs";
import path from "node:path";

/** The project's root folder, absolute. */
export const ROOT = nearestPackage(import.meta.dirname);

/** The bundle of a command lies elsewhere than this file, but in the same project. */
function nearestPackage(folder: string): string {
  return existsSync(path.join(folder, "package.json"))
    ? folder
    : nearestPackage(path.dirname(folder));
}

/** Where this project stores files from run to run, absolute; git ignores it. */
export const STORED_FOLDER = path.join(ROOT, ".sandbox");

const EXTENSIONS: Record<Variant, string> = { cjs: "cjs", esm: "mjs", ts: "ts" };

/** The file extension of a variant, without the dot. */
export function extensionOf(variant: Variant): string {
  return EXTENSIONS[variant];
}

/** The folder of a variant, absolute. */
export function folderOf(variant: Variant): string {
  return path.join(ROOT, "variants", variant);
}

/** What `node` is given before the file that it runs. */
export function flagsFor(variant: Variant): string[] {
  return variant === "ts" ? ["--import", "tsx"] : [];
}

/** The file that starts a variant. @param folder where its files are, if not in its own folder (an exercise is a copy) */
export function startFile(variant: Variant, folder = folderOf(variant)): string {
  return path.join(folder, `start.${extensionOf(variant)}`);
}

/** The arguments for `node` that start a variant. */
export function startArguments(variant: Variant, folder?: string): string[] {
  return [...flagsFor(variant), startFile(variant, folder)];
}

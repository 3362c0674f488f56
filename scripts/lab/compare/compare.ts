// Compares the three variants file by file: their lines aligned, and each difference with its kind.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { alignLines, type Row } from "./align.ts";
import { type ComparedRow, findKinds } from "./kinds.ts";
import { findModeKinds } from "./mode-kinds.ts";
import { extensionOf, folderOf } from "../servers/variants.ts";
import { VARIANTS, type Variant } from "../../model/vocabulary.ts";

/** One file in three formats. */
export interface ComparedFile {
  /** Its name without the extension. */
  file: string;
  /** Above the columns: `cjs/tokens.cjs`. */
  titles: Record<Variant, string>;
  rows: ComparedRow[];
}

/** There is no such file; the message lists those there are. */
class UnknownFileError extends Error {
  readonly code = "UNKNOWN_FILE";
}

/** The names, without extension, of the files that the variants consist of. */
export async function listFiles(): Promise<string[]> {
  const names = await Promise.all(VARIANTS.map((variant) => readdir(folderOf(variant))));
  return [...new Set(names.flat().map((name) => path.parse(name).name))].toSorted();
}

/**
 * Reads a file in its three formats and aligns it.
 * @param file its name, with or without extension or folder
 * @throws UnknownFileError (code UNKNOWN_FILE) that lists the files there are
 */
export async function compareFile(file: string): Promise<ComparedFile> {
  const { name } = path.parse(file);
  const known = await listFiles();
  if (!known.includes(name))
    throw new UnknownFileError(
      `The variants have no file "${file}". Their files are: ${known.join(", ")}.`,
    );
  const sources = await Promise.all(VARIANTS.map((variant) => readSource(variant, name)));
  const titles = Object.fromEntries(
    VARIANTS.map((variant) => [variant, `${variant}/${name}.${extensionOf(variant)}`]),
  ) as Record<Variant, string>;
  return { file: name, titles, rows: findKinds(alignLines(sources.map(linesOf))) };
}

/** The two ways of checking a bearer token, in one format. */
export async function compareModes(
  variant: Variant,
): Promise<{ titles: string[]; rows: { lines: Row; kinds: string[] }[] }> {
  const files = ["passport", "manual"];
  const sources = await Promise.all(files.map((file) => readSource(variant, file)));
  const rows = alignLines(sources.map(linesOf));
  const kinds = findModeKinds(rows);
  return {
    titles: files.map((file) => `${variant}/${file}.${extensionOf(variant)}`),
    rows: rows.map((lines, index) => ({ lines, kinds: kinds[index]! })),
  };
}

function linesOf(source: string): string[] {
  return source === "" ? [] : source.replace(/\n$/, "").split("\n");
}

/** A file that one format lacks is an empty one to compare with. */
async function readSource(variant: Variant, name: string): Promise<string> {
  try {
    return await readFile(path.join(folderOf(variant), `${name}.${extensionOf(variant)}`), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

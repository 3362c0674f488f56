// Reads the TypeScript variant, which everything else is printed from.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { folderOf } from "../../lab/servers/variants.ts";

/** The sources by their names without the extension. @param folder absolute */
export async function readSources(folder = folderOf("ts")): Promise<Map<string, string>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ts"));
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
  return new Map(files.map((file, index) => [path.parse(file).name, texts[index]!]));
}

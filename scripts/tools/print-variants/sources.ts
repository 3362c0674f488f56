// Reads the TypeScript variant, which everything else is printed from.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { ROOT } from "../../lab/servers/variants.ts";

/** The sources by their names without the extension. @param root the folder that holds `variants` */
export async function readSources(root = ROOT): Promise<Map<string, string>> {
  const folder = path.join(root, "variants", "ts");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ts"));
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
  return new Map(files.map((file, index) => [path.parse(file).name, texts[index]!]));
}

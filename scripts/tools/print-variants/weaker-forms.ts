// Finds the weaker forms of lessons: each is a JSON file beside lesson.json that lists changes of the TypeScript variant.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { parseStrictly } from "../../lab/lessons/strict-json.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import type { Change } from "../../model/change.ts";

export interface WeakerForm {
  /** `lessons/04-passport-or-manual/guide-manual.json`, from the root. */
  declaredIn: string;
  /** Where it is printed, from the root: the folder of the same name. */
  folder: string;
  changes: readonly Change[];
}

/** A line, or several. */
const lines = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === "string" ? value : value.join("\n"))),
);
const FILE = v.array(v.strictObject({ file: v.string(), text: lines, replacement: lines }));

/**
 * @param root the folder that holds `lessons`
 * @throws LessonError (code BAD_LESSON) for a file that is not a list of changes
 */
export async function findWeakerForms(root = ROOT): Promise<WeakerForm[]> {
  const names = await readdir(path.join(root, "lessons"), { recursive: true });
  const found = names
    .map((name) => path.join("lessons", name))
    .filter((name) => name.endsWith(".json") && path.basename(name) !== "lesson.json");
  return Promise.all(
    found.toSorted().map(async (declaredIn) => ({
      declaredIn,
      folder: declaredIn.slice(0, -".json".length),
      changes: parseStrictly(FILE, await readFile(path.join(root, declaredIn), "utf8"), declaredIn),
    })),
  );
}

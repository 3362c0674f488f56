// Finds what lessons have printed from changes of the TypeScript variant: their weaker forms, each a JSON file beside
// lesson.json that lists changes, and the starts of their exercises.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseExercise } from "../../lab/exercises/declaration.ts";
import { parseStrictly } from "../../lab/lessons/strict-json.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import { type Change, CHANGES } from "../../model/change.ts";

export interface WeakerForm {
  /** `lessons/04-passport-or-manual/guide-manual.json`, from the root. */
  declaredIn: string;
  /** Where it is printed, from the root: the folder of the same name. */
  folder: string;
  changes: readonly Change[];
}

/**
 * @param root the folder that holds `lessons`
 * @throws LessonError (code BAD_LESSON) for a file that is neither a list of changes nor an exercise
 */
export async function findWeakerForms(root = ROOT): Promise<WeakerForm[]> {
  const names = await readdir(path.join(root, "lessons"), { recursive: true });
  const found = names
    .map((name) => path.join("lessons", name))
    .filter((name) => name.endsWith(".json") && path.basename(name) !== "lesson.json");
  return Promise.all(
    found.toSorted().map(async (declaredIn) => {
      const text = await readFile(path.join(root, declaredIn), "utf8");
      const changes = path.basename(declaredIn).startsWith("exercise")
        ? parseExercise(text, declaredIn).changes
        : parseStrictly(CHANGES, text, declaredIn);
      return { declaredIn, folder: declaredIn.slice(0, -".json".length), changes };
    }),
  );
}

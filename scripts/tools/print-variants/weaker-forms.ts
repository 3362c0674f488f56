// Finds what is printed for lessons from changes of the TypeScript variant: their weaker forms, each a JSON file beside
// lesson.json that lists changes, and the starts of their exercises.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseExercise } from "../../lab/exercises/declaration.ts";
import { parseStrictly } from "../../lab/lessons/strict-json.ts";
import { solutionOf } from "../../lab/exercises/working-copy.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import { type Change, CHANGES } from "../../model/change.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";

export interface WeakerForm {
  /** `lessons/04-passport-or-manual/guide-manual.json`, from the root. */
  declaredIn: string;
  /** Where it is printed, from the root: the folder of the same name. */
  folder: string;
  changes: readonly Change[];
  /** The formats that it is printed for, each with the one that it is written in. */
  writtenIn: Partial<Record<Variant, Variant>>;
  /** Where the sources are that it changes, from the root, if not those of the variant. */
  sources?: string;
}

const IN_ITS_OWN = Object.fromEntries(VARIANTS.map((format) => [format, format]));

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
      const form = { declaredIn, folder: declaredIn.slice(0, -".json".length) };
      if (!path.basename(declaredIn).startsWith("exercise"))
        return {
          ...form,
          changes: parseStrictly(CHANGES, text, declaredIn),
          writtenIn: IN_ITS_OWN,
        };
      const { changes, startsIn: writtenIn = IN_ITS_OWN, side } = parseExercise(text, declaredIn);
      const sources = side === "client" ? { sources: solutionOf(form.folder) } : {};
      return { ...form, changes, writtenIn, ...sources };
    }),
  );
}

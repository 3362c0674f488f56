// A change of the TypeScript variant, declared once: a fault for the suite to find, the weaker form in a lesson, or what an
// exercise starts with.
import * as v from "valibot";

/** One text of one file, and what stands in its place. */
export interface Change {
  /** A file of `variants/ts`, without its extension. */
  file: string;
  /** Stands exactly once in the file. */
  text: string;
  replacement: string;
}

/** A line, or several. */
const lines = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === "string" ? value : value.join("\n"))),
);

/** Changes as a lesson declares them in JSON. */
export const CHANGES = v.array(
  v.strictObject({ file: v.string(), text: lines, replacement: lines }),
);

/** A change whose file is not there, or whose text is not in it exactly once: the variant has changed since. */
class ChangeError extends Error {
  readonly code = "CHANGE_DOES_NOT_FIT";
}

/**
 * Makes the changes, one after the other.
 * @param sources the text of each file of the variant, by its name without the extension
 * @param declaredIn where the changes are declared, for messages
 * @returns the files that are changed
 * @throws ChangeError (code CHANGE_DOES_NOT_FIT)
 */
export function applyChanges(
  sources: ReadonlyMap<string, string>,
  changes: readonly Change[],
  declaredIn: string,
): Map<string, string> {
  const changed = new Map<string, string>();
  for (const { file, text, replacement } of changes) {
    const source = changed.get(file) ?? sources.get(file);
    if (source === undefined)
      throw new ChangeError(
        `${declaredIn} changes "${file}", and variants/ts has no such file: it has ${[...sources.keys()].join(", ")}.`,
      );
    const found = source.split(text).length - 1;
    if (found !== 1)
      throw new ChangeError(
        `${declaredIn} changes a text that variants/ts/${file}.ts must have once, and has ${found} times:\n${text}`,
      );
    // A function, since a text would have its dollar signs read.
    changed.set(
      file,
      source.replace(text, () => replacement),
    );
  }
  return changed;
}

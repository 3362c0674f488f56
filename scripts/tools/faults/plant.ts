// Plants a fault: copies a variant into the sandbox folder and replaces what the fault says.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Change, Fault } from "./fault.ts";
import { FAULTY_VARIANT } from "./faults.ts";
import { folderOf, ROOT, KEPT_FOLDER } from "../../lab/servers/variants.ts";

/** A fault whose text is not in the variant, or more than once: the variant has changed, and the fault must follow. */
export class FaultError extends Error {
  readonly code = "FAULT_DOES_NOT_FIT";
}

/**
 * Replaces one text in a source.
 * @throws FaultError (code FAULT_DOES_NOT_FIT) unless the text stands there exactly once
 */
export function replaceOnce(source: string, { file, text, replacement }: Change): string {
  const found = source.split(text).length - 1;
  if (found !== 1)
    throw new FaultError(`${file} must have this text once, and has it ${found} times:\n${text}`);
  // A function, since a text would have its dollar signs read.
  return source.replace(text, () => replacement);
}

/**
 * Copies the variant with the fault in it.
 * @returns the folder of the copy, absolute; it lies inside the project, so that its packages are found
 */
export async function plantFault(fault: Fault): Promise<string> {
  const base = path.join(KEPT_FOLDER, "faults", fault.id);
  const folder = path.join(base, "variants", FAULTY_VARIANT);
  await rm(base, { recursive: true, force: true });
  await cp(folderOf(FAULTY_VARIANT), folder, { recursive: true });
  // The variant looks for the client page beside the folder of the variants.
  await cp(path.join(ROOT, "public", "client"), path.join(base, "public", "client"), {
    recursive: true,
  });
  for (const change of fault.changes) {
    const file = path.join(folder, change.file);
    await writeFile(file, replaceOnce(await readFile(file, "utf8"), change));
  }
  return folder;
}

/** Removes the copy. */
export async function removeFault(fault: Fault): Promise<void> {
  await rm(path.join(KEPT_FOLDER, "faults", fault.id), { recursive: true, force: true });
}

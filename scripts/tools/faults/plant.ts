// Plants a fault: copies the CommonJS variant into the sandbox folder, with the files that the fault changes.
import { cp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { folderOf, KEPT_FOLDER, ROOT } from "../../lab/servers/variants.ts";
import { applyChanges } from "../../model/change.ts";
import { readSources } from "../print-variants/sources.ts";
import { toFormat } from "../print-variants/to-format.ts";
import type { Fault } from "./fault.ts";
import { FAULTY_VARIANT } from "./faults.ts";

/**
 * Copies the variant with the fault in it.
 * @returns the folder of the copy, absolute; it lies inside the project, so that its packages are found
 * @throws ChangeError (code CHANGE_DOES_NOT_FIT) if the variant has changed, and the fault must follow
 */
export async function plantFault({ id, changes }: Fault): Promise<string> {
  const changed = applyChanges(await readSources(), changes, `The fault ${id}`);
  const base = path.join(KEPT_FOLDER, "faults", id);
  const folder = path.join(base, "variants", FAULTY_VARIANT);
  await rm(base, { recursive: true, force: true });
  await cp(folderOf(FAULTY_VARIANT), folder, { recursive: true });
  // The variant looks for the client page beside the folder of the variants.
  await cp(path.join(ROOT, "public", "client"), path.join(base, "public", "client"), {
    recursive: true,
  });
  for (const [name, source] of changed)
    await writeFile(path.join(folder, `${name}.cjs`), toFormat(name, source, FAULTY_VARIANT));
  return folder;
}

/** Removes the copy. */
export async function removeFault(fault: Fault): Promise<void> {
  await rm(path.join(KEPT_FOLDER, "faults", fault.id), { recursive: true, force: true });
}

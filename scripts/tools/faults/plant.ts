// Plants a fault: copies the CommonJS variant, with the files that the fault changes.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { copyVariant } from "../../lab/servers/variant-copy.ts";
import { applyChanges } from "../../model/change.ts";
import { readSources } from "../print-variants/sources.ts";
import { toFormat } from "../print-variants/to-format.ts";
import type { Fault } from "./fault.ts";
import { FAULTY_VARIANT } from "./faults.ts";

/** Read once for all faults. */
let sources: ReturnType<typeof readSources> | undefined;

/**
 * Copies the variant with the fault in it.
 * @returns the folder of the copy, absolute
 * @throws ChangeError (code CHANGE_DOES_NOT_FIT) if the variant has changed, and the fault must follow
 */
export async function plantFault({ id, changes }: Fault): Promise<string> {
  sources ??= readSources();
  const changed = applyChanges(await sources, changes, `The fault ${id}`);
  const folder = await copyVariant(FAULTY_VARIANT, id);
  for (const [name, source] of changed)
    await writeFile(path.join(folder, `${name}.cjs`), toFormat(name, source, FAULTY_VARIANT));
  return folder;
}

// Prints a source in TypeScript in one of the formats, as a person would write it.
import oxfmtrc from "../../../.oxfmtrc.json" with { type: "json" };
import { extensionOf } from "../../lab/servers/variants.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { PrintError } from "./print-error.ts";
import { toFormat } from "./to-format.ts";

/**
 * @param file the path of the source, for messages
 * @returns its text in that format, laid out like everything else here
 * @throws PrintError (code CANNOT_PRINT)
 */
export async function printSource(file: string, source: string, to: Variant): Promise<string> {
  const code = to === "ts" ? source : toFormat(file, source, to);
  const { printWidth } = oxfmtrc;
  const { format } = await loadFormatter();
  const printed = await format(`printed.${extensionOf(to)}`, code, { printWidth });
  const [error] = printed.errors;
  if (error !== undefined) throw new PrintError(`${file} in ${to}: ${error.message}`);
  return printed.code;
}

/** It comes with the packages for development, and everything else here does without them. */
async function loadFormatter(): Promise<Pick<typeof import("oxfmt"), "format">> {
  try {
    return await import("oxfmt");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new PrintError(
      "npm run print needs oxfmt, which npm ci --omit=dev leaves out: run npm ci.",
      { cause: error },
    );
  }
}

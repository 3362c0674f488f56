// Prints a source of the TypeScript variant as an ES module or as CommonJS, as a person would write it.
import { format } from "oxfmt";
import oxfmtrc from "../../../.oxfmtrc.json" with { type: "json" };
import { extensionOf } from "../../lab/servers/variants.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { eraseTypes } from "./erase-types.ts";
import { linesForOthers } from "./notes.ts";
import { PrintError } from "./print-error.ts";
import { toCommonJs } from "./to-common-js.ts";

/** The formats that are printed; TypeScript is written. */
export const PRINTED = ["cjs", "esm"] as const satisfies Variant[];
export type Printed = (typeof PRINTED)[number];

/**
 * @param file the path of the source, for messages
 * @returns its text in that format, formatted
 * @throws PrintError (code CANNOT_PRINT)
 */
export async function printSource(file: string, source: string, to: Printed): Promise<string> {
  const extension = extensionOf(to);
  const erased = eraseTypes(file, source);
  const module = withoutEmptied(to, source, erased)
    .replaceAll(/^import (\w+), \{\s*\} from/gm, "import $1 from")
    .replaceAll(/^(.* from "\.[^"]*)\.ts";$/gm, `$1.${extension}";`);
  const code = to === "cjs" ? toCommonJs(file, module) : module;
  const { printWidth } = oxfmtrc;
  const { code: printed, errors } = await format(`printed.${extension}`, code, { printWidth });
  if (errors[0] !== undefined) throw new PrintError(`${file} in ${to}: ${errors[0].message}`);
  return printed;
}

/** Takes out lines that held only types, and notes on other formats; lines that were blank in the source stay. */
function withoutEmptied(to: Printed, source: string, erased: string): string {
  const lines = source.split("\n");
  const notes = linesForOthers(to, lines);
  return erased
    .split("\n")
    .filter((line, at) => !notes.has(at) && (/[^\s;]/.test(line) || lines[at]!.trim() === ""))
    .join("\n");
}

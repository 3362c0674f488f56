// Turns a source of the TypeScript variant into an ES module or into CommonJS; what it leaves of the layout is rough.
import { extensionOf } from "../../lab/servers/variants.ts";
import { withExtension } from "../../model/module-syntax.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { eraseTypes } from "./erase-types.ts";
import { linesForOthers } from "./notes.ts";
import { toCommonJs } from "./to-common-js.ts";

/** The formats that are printed; TypeScript is written. */
export const PRINTED = ["cjs", "esm"] as const satisfies Variant[];
type Printed = (typeof PRINTED)[number];

/**
 * @param file the path of the source, for messages
 * @throws PrintError (code CANNOT_PRINT)
 */
export function toFormat(file: string, source: string, to: Printed): string {
  const erased = withoutEmptied(to, source, eraseTypes(file, source));
  // What is left of an import of a default and of types.
  const plain = erased.replaceAll(/^import (\w+), \{\s*\} from/gm, "import $1 from");
  const module = withExtension(extensionOf(to), plain);
  return to === "cjs" ? toCommonJs(file, module) : module;
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

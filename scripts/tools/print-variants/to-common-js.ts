// Turns the module syntax of an ES module into that of CommonJS, as text.
import { compileFunction } from "node:vm";
import { inCommonJsWords, MODULE_SYNTAX } from "../../model/module-syntax.ts";
import { PrintError } from "./print-error.ts";

/**
 * @param file the path of the source, for messages
 * @throws PrintError (code CANNOT_PRINT) for module syntax that it does not know, and for an `await` at the top level
 */
export function toCommonJs(file: string, source: string): string {
  const exported = [...source.matchAll(MODULE_SYNTAX.exports)].map(([, name]) => name);
  const code = inCommonJsWords(source);
  refuseModuleSyntax(file, code);
  return exported.length === 0 ? code : `${code}\nmodule.exports = { ${exported.join(", ")} };\n`;
}

/** What is left of an ES module is an error where Node compiles CommonJS. */
function refuseModuleSyntax(file: string, code: string): void {
  try {
    // Compiles, and does not run.
    compileFunction(code);
  } catch (error) {
    const { message, stack } = error as Error;
    // V8 puts the line in front of the stack, below the place.
    const [, line = ""] = stack!.split("\n");
    throw new PrintError(
      `${file} has no CommonJS form that npm run print knows: ${message}: ${line.trim()}`,
    );
  }
}

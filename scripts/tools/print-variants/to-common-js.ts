// Turns the module syntax of an ES module into that of CommonJS, as text.
import { compileFunction } from "node:vm";
import { PrintError } from "./print-error.ts";

const EXPORT = /^export (?=(?:async function|function|const|class) (\w+))/gm;

/**
 * @param file the path of the source, for messages
 * @throws PrintError (code CANNOT_PRINT) for module syntax that it does not know, and for an `await` at the top level
 */
export function toCommonJs(file: string, source: string): string {
  const exported = [...source.matchAll(EXPORT)].map(([, name]) => name);
  const code = source
    .replaceAll(/^import (\w+) from ("[^"]+");/gm, "const $1 = require($2);")
    .replaceAll(
      /^import (\{[^}]*\}) from ("[^"]+");/gm,
      (_import, names: string, from: string) =>
        `const ${names.replaceAll(/(\w+) as (\w+)/g, "$1: $2")} = require(${from});`,
    )
    .replaceAll(EXPORT, "")
    .replaceAll("import.meta.dirname", "__dirname");
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

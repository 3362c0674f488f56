// The syntax of an ES module that CommonJS writes in another way: the printer replaces it, and a comparison names it as the
// reason of a difference. Pure.
export const MODULE_SYNTAX = {
  /** The names, in braces or as one default, and the quoted module. */
  loading: /^import (\w+|\{[^}]*\}) from ("[^"]+");/gm,
  /** The word alone, before the name that is exported. */
  exports: /^export (?=(?:async function|function|const|class) (\w+))/gm,
  folder: /\bimport\.meta\.dirname\b/g,
  /** All but the extension, of a file of one's own. */
  extension: /((?: from |\brequire\()"\.[^"]*\.)\w+(?="\)?;$)/gm,
} as const;

/** Says in the words of CommonJS what has other words there; what is exported is still to be listed. */
export function inCommonJsWords(source: string): string {
  return source
    .replaceAll(MODULE_SYNTAX.loading, (_import, names: string, from: string) => {
      const unpacked = names.replaceAll(/(\w+) as (\w+)/g, "$1: $2");
      return `const ${unpacked} = require(${from});`;
    })
    .replaceAll(MODULE_SYNTAX.exports, "")
    .replaceAll(MODULE_SYNTAX.folder, "__dirname");
}

/** Names the files of the variant by this extension. */
export function withExtension(extension: string, source: string): string {
  return source.replaceAll(MODULE_SYNTAX.extension, `$1${extension}`);
}

// A part of a file as the page quotes it. Pure.

/** Without its own heading, which stands above it, and from the left margin. */
export function excerptOf(source: string): string {
  const lines = source.replace(/^\s*\/\/ --- .* ---\n+/, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}

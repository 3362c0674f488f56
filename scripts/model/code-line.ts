// How a line of code that is too long continues below, on the page. Pure.

const DEEPEST = 16;

/** @returns the classes of a line of code, by which its continuation is set in */
export function lineClass(line: string): string {
  return `line indent-${Math.min(line.search(/\S|$/), DEEPEST)}`;
}

// How a line of code goes on below where it is too long, on the page. Pure.

const DEEPEST = 16;

/** @returns the classes of a line of code, by which its continuation is set in */
export function lineClass(line: string): string {
  return `line indent-${Math.min(line.search(/\S|$/), DEEPEST)}`;
}

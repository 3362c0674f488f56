// A number of things.

/** `1 step`, `2 steps`. @param noun for one of them */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

// The end of a server that nobody stopped. Pure.

export interface Crash {
  /** `The cjs variant (passport) ended (1).` */
  sentence: string;
  /** The last lines that it printed, oldest first. */
  printed: readonly string[];
}

/** All of it, for a terminal. */
export function describeCrash({ sentence, printed }: Crash): string {
  if (printed.length === 0) return sentence;
  return `${sentence} It printed:\n${printed.join("\n")}`;
}

// What a fault is: it takes one protection out of a copy of a variant.
import type { AuthMode } from "../../model/vocabulary.ts";

/** One replacement in one file. */
export interface Change {
  file: string;
  /** Stands exactly once in the file. */
  text: string;
  replacement: string;
}

export interface Fault {
  id: string;
  /** What the server does wrong. */
  sentence: string;
  /** The mode in which it shows. */
  auth: AuthMode;
  changes: readonly Change[];
  /** Ids of cases that must fail. */
  caughtBy: readonly string[];
}

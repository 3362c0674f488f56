// What a fault is: it takes one protection out of a copy of the variant.
import type { Change } from "../../model/change.ts";
import type { AuthMode } from "../../model/vocabulary.ts";

export interface Fault {
  id: string;
  /** What the server does wrong. */
  sentence: string;
  /** The mode in which it shows. */
  auth: AuthMode;
  changes: readonly Change[];
  /** It shows where several servers share their users. */
  isShared?: boolean;
  /** Ids of cases that must fail. */
  caughtBy: readonly string[];
}

/** One change in one file. */
export function inFile(file: string, text: string, replacement = ""): Fault["changes"] {
  return [{ file, text, replacement }];
}

/** Faults by their ids, each in the mode `manual` if it names no other. */
export function listFaults(
  faults: Record<string, Omit<Fault, "id" | "auth"> & Partial<Pick<Fault, "auth">>>,
): Fault[] {
  return Object.entries(faults).map(([id, fault]) => ({ id, auth: "manual", ...fault }));
}

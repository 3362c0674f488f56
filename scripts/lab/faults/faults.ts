// Faults for the conformance suite to find: each takes one protection out of a copy of a variant.
import type { AuthMode, Variant } from "../variants/variants.ts";
import { HANDSHAKE_FAULTS } from "./handshake.ts";
import { SERVER_FAULTS } from "./server.ts";
import { SOCKET_FAULTS } from "./sockets.ts";
import { TOKEN_FAULTS } from "./tokens.ts";

/** The variant that all faults are planted in; the drift test holds the others to the same code. */
export const FAULTY_VARIANT: Variant = "cjs";

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

export const FAULTS: readonly Fault[] = [
  ...TOKEN_FAULTS,
  ...HANDSHAKE_FAULTS,
  ...SERVER_FAULTS,
  ...SOCKET_FAULTS,
];

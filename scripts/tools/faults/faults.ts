// All faults for the conformance suite to find.
import type { Variant } from "../../model/vocabulary.ts";
import type { Fault } from "./fault.ts";
import { HANDSHAKE_FAULTS } from "./handshake.ts";
import { SERVER_FAULTS } from "./server.ts";
import { SOCKET_FAULTS } from "./sockets.ts";
import { TOKEN_FAULTS } from "./tokens.ts";

/** The variant that all faults are planted in; the drift test holds the others to the same code. */
export const FAULTY_VARIANT: Variant = "cjs";

export const FAULTS: readonly Fault[] = [
  ...TOKEN_FAULTS,
  ...HANDSHAKE_FAULTS,
  ...SERVER_FAULTS,
  ...SOCKET_FAULTS,
];

// All faults for the conformance suite to find.
import { COOKIE_FAULTS } from "./cookies.ts";
import { EXPIRY_FAULTS } from "./expiry.ts";
import type { Fault } from "./fault.ts";
import { HANDSHAKE_FAULTS } from "./handshake.ts";
import { IDENTITY_FAULTS } from "./identity.ts";
import { LOGIN_LIMIT_FAULTS } from "./login-limit.ts";
import { LOOSE_FAULTS } from "./looseness.ts";
import { LOGOUT_FAULTS } from "./logout.ts";
import { REFRESH_FAULTS } from "./refresh.ts";
import { NODES_FAULTS } from "./nodes.ts";
import { RIGHTS_FAULTS } from "./rights.ts";
import { SERVER_FAULTS } from "./server.ts";
import { SOCKET_FAULTS } from "./sockets.ts";
import { DISCLOSURE_FAULTS } from "./disclosure.ts";
import { TOKEN_FAULTS } from "./tokens.ts";

/** The format that all faults are printed in: it starts fastest, and the others are the same program. */
export const FAULTY_VARIANT = "cjs" as const;

export const FAULTS: readonly Fault[] = [
  ...TOKEN_FAULTS,
  ...EXPIRY_FAULTS,
  ...HANDSHAKE_FAULTS,
  ...SERVER_FAULTS,
  ...SOCKET_FAULTS,
  ...RIGHTS_FAULTS,
  ...LOGIN_LIMIT_FAULTS,
  ...LOGOUT_FAULTS,
  ...LOOSE_FAULTS,
  ...IDENTITY_FAULTS,
  ...DISCLOSURE_FAULTS,
  ...COOKIE_FAULTS,
  ...NODES_FAULTS,
  ...REFRESH_FAULTS,
];

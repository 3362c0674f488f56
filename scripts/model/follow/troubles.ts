// The troubles that are recognised in what went over the wire, by their names.
import { CONNECT_TROUBLES } from "./connect-troubles.ts";
import type { Find } from "./evidence.ts";
import { HANDSHAKE_TROUBLES } from "./handshake-troubles.ts";

/** Each is shown once, and then counted. */
export const TROUBLES: readonly (readonly [name: string, find: Find])[] = Object.entries({
  ...HANDSHAKE_TROUBLES,
  ...CONNECT_TROUBLES,
});

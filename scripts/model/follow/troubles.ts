// The troubles that are recognised in what went over the wire, by their names.
import * as connectTroubles from "./connect-troubles.ts";
import type { Find } from "./evidence.ts";
import * as handshakeTroubles from "./handshake-troubles.ts";

/** Each is told of once, and then counted. */
export const TROUBLES: readonly (readonly [name: string, find: Find])[] = Object.entries({
  ...handshakeTroubles,
  ...connectTroubles,
});

// What the cases about rooms of users have in common: a new user joins, notes come or do not come.
import type { Case } from "./case.ts";
import { connect, type Connection, settle } from "./connection.ts";
import { expectEqual } from "./expectation.ts";
import type { Probe } from "./probe.ts";
import type { Capability, User } from "./target.ts";

const ROOMS = "https://socket.io/how-to/use-with-jwt#using-the-user-id";
const NEEDS: Capability[] = ["user-rooms", "mint", "data-claim"];

/** A case of the group, which takes for granted that the suite can make users. */
export function userRoomCase(
  name: string,
  title: string,
  run: Case["run"],
  needs: Capability[] = [],
): Case {
  return { id: `user-rooms.${name}`, title, source: ROOMS, needs: [...NEEDS, ...needs], run };
}

/** Connects a user, a new one unless it says otherwise. */
export async function join(
  probe: Probe,
  user = probe.newUser(),
): Promise<Connection & { user: User }> {
  return { ...(await connect(probe, { user })), user };
}

/** The packet in which a note arrives. */
export function notePacket(from: User, text: string): string {
  return `42${JSON.stringify(["note", { from, text }])}`;
}

/** @throws ExpectationFailure if a note has come by the time that the server has dealt with everything */
export async function expectNoNote(connection: Connection): Promise<void> {
  await settle(connection);
  const notes = connection.session.inbox.filter((packet) => packet.startsWith("42"));
  expectEqual(notes, [], "notes");
}

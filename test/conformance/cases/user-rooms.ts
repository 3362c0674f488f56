// The user id as a room: who is in it, and that nobody chooses it.
import type { Case } from "../case.ts";
import {
  connect,
  type Connection,
  goodToken,
  leave,
  openAuthorized,
  placeToken,
  settleOrEnd,
} from "../connection.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { inTime } from "../probe.ts";
import { connectPacket } from "../raw-engine.ts";
import type { User } from "../target.ts";
import { join, notePacket, userRoomCase } from "../user-room.ts";

async function untilGone(ask: Connection["ask"], { id }: User): Promise<void> {
  for (;;) {
    const reply = (await ask("isConnected", id)) as { isConnected: boolean };
    if (!reply.isConnected) return;
  }
}

const connected: Case[] = [
  userRoomCase("is-connected", "says that a user is connected", async (probe) => {
    const { ask, user } = await join(probe);
    expectEqual(await ask("isConnected", user.id), { isConnected: true }, "answer");
  }),
  userRoomCase("is-not-connected", "says that a user is not connected", async (probe) => {
    const { ask } = await join(probe);
    const stranger = probe.newUser();
    expectEqual(await ask("isConnected", stranger.id), { isConnected: false }, "answer");
  }),
  userRoomCase("left", "says that a user is not connected any more", async (probe) => {
    const { ask } = await join(probe);
    const other = await join(probe);
    await leave(other);
    expectEqual(await ask("isConnected", other.user.id), { isConnected: false }, "answer");
  }),
  userRoomCase(
    "connects-once",
    "has a session in the room once at most, however many CONNECT packets it sends at once",
    async (probe) => {
      const user = probe.newUser();
      const token = await goodToken(probe, user);
      const session = await openAuthorized(probe, { token });
      const connecting = connectPacket(placeToken(probe.target, token).auth);
      await session.send(...Array.from({ length: 20 }, () => connecting));
      await settleOrEnd({ session });
      const { ask } = await join(probe);
      const answer = (await ask("sendNote", user.id, "hello")) as { connections: number };
      expectThat(answer.connections <= 1, "1 connection at most", `${answer.connections}`);
    },
  ),
  userRoomCase(
    "one-of-two-left",
    "says that a user is connected until the last connection ends",
    async (probe) => {
      const { ask, user } = await join(probe);
      await leave(await join(probe, user));
      expectEqual(await ask("isConnected", user.id), { isConnected: true }, "answer");
    },
  ),
  userRoomCase(
    "cut",
    "counts no connection that was cut",
    async (probe) => {
      const { ask } = await join(probe);
      const other = await join(probe);
      other.session.cut();
      await inTime(probe, "the user to be gone", untilGone(ask, other.user));
    },
    ["websocket"],
  ),
  userRoomCase("list", "lists a connected user once, with id and username alone", async (probe) => {
    const { ask, user } = await join(probe);
    await join(probe, user);
    const { users } = (await ask("listConnected")) as { users: User[] };
    expectEqual(
      users.filter(({ id }) => id === user.id),
      [user],
      "entries of the user",
    );
  }),
  userRoomCase("list-left", "lists no user who has left", async (probe) => {
    const { ask } = await join(probe);
    const other = await join(probe);
    await leave(other);
    const { users } = (await ask("listConnected")) as { users: User[] };
    expectEqual(
      users.filter(({ id }) => id === other.user.id),
      [],
      "entries of the user",
    );
  }),
];

const forged: Case[] = [
  userRoomCase(
    "sender-forged",
    "names the user of the token as sender, and not the one that the message names",
    async (probe) => {
      const { ask, session, user } = await join(probe);
      const victim = probe.newUser();
      await ask("sendNote", user.id, "hello", { from: victim, user: victim, id: victim.id });
      expectEqual(await session.next("42"), notePacket(user, "hello"), "note");
    },
  ),
  userRoomCase(
    "room-by-payload",
    "puts nobody into the room that the payload asks for",
    async (probe) => {
      const victim = probe.newUser();
      const auth = { userId: victim.id, id: victim.id, room: `user:${victim.id}`, user: victim };
      const { ask } = await connect(probe, { auth });
      expectEqual(await ask("isConnected", victim.id), { isConnected: false }, "answer");
    },
  ),
  userRoomCase(
    "room-by-query",
    "puts nobody into the room that the query asks for",
    async (probe) => {
      const victim = probe.newUser();
      const query = `userId=${victim.id}&id=${victim.id}&room=user:${victim.id}&user=${victim.id}`;
      const { ask } = await connect(probe, { query });
      expectEqual(await ask("isConnected", victim.id), { isConnected: false }, "answer");
    },
  ),
  userRoomCase("room-by-event", "puts nobody into a room because of an event", async (probe) => {
    const victim = probe.newUser();
    const { ask, emit } = await join(probe);
    for (const event of ["join", "subscribe", "room", "joinRoom"])
      await emit(event, `user:${victim.id}`);
    expectEqual(await ask("isConnected", victim.id), { isConnected: false }, "answer");
  }),
  userRoomCase(
    "whoami-forged",
    "answers whoami with the user of the token, for any question",
    async (probe) => {
      const { ask, user } = await join(probe);
      expectEqual(await ask("whoami", { id: 1 }, 1), user, "user");
    },
    ["whoami"],
  ),
];

export const userRoomCases: Case[] = [...connected, ...forged];

// Notes to a user: whom they reach, and what a note may not be.
import type { Case } from "../case.ts";
import { connect } from "../connection.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import type { User } from "../target.ts";
import { expectNoNote, join, notePacket, userRoomCase } from "../user-room.ts";

const notes: Case[] = [
  userRoomCase("note", "brings a note to all connections of a user", async (probe) => {
    const sender = await join(probe);
    const first = await join(probe);
    const second = await join(probe, first.user);
    expectEqual(await sender.ask("sendNote", first.user.id, "hello"), { connections: 2 }, "answer");
    for (const { session } of [first, second])
      expectEqual(await session.next("42"), notePacket(sender.user, "hello"), "note");
  }),
  userRoomCase("note-to-self", "brings a note to the sender's own connections", async (probe) => {
    const { ask, session, user } = await join(probe);
    await ask("sendNote", user.id, "hello");
    expectEqual(await session.next("42"), notePacket(user, "hello"), "note");
  }),
  userRoomCase("note-to-others", "brings a note to nobody else", async (probe) => {
    const sender = await join(probe);
    const receiver = await join(probe);
    const stranger = await join(probe);
    await sender.ask("sendNote", receiver.user.id, "hello");
    await expectNoNote(stranger);
    await expectNoNote(sender);
  }),
  userRoomCase("note-to-nobody", "tells the sender that nobody is there", async (probe) => {
    const { ask } = await join(probe);
    const stranger = probe.newUser();
    expectEqual(await ask("sendNote", stranger.id, "hello"), { connections: 0 }, "answer");
  }),
  userRoomCase("note-unicode", "brings a note in any script as it is", async (probe) => {
    const { ask, session, user } = await join(probe);
    const text = "Grüße 🦉 <b>&amp;</b> \u0000 \u2028";
    await ask("sendNote", user.id, text);
    expectEqual(await session.next("42"), notePacket(user, text), "note");
  }),
  userRoomCase("note-longest", "brings a note of 500 characters", async (probe) => {
    const { ask, user } = await join(probe);
    expectEqual(await ask("sendNote", user.id, "x".repeat(500)), { connections: 1 }, "answer");
  }),
  userRoomCase(
    "note-without-ack",
    "brings a note that asks for no acknowledgement",
    async (probe) => {
      const { emit, session, user } = await join(probe);
      await emit("sendNote", user.id, "hello");
      expectEqual(await session.next("42"), notePacket(user, "hello"), "note");
    },
  ),
  userRoomCase(
    "note-by-polling",
    "brings a note from polling to WebSocket and back",
    async (probe) => {
      const polling = await connect(probe, { transport: "polling", user: probe.newUser() });
      const receiver = await join(probe);
      expectEqual(
        await polling.ask("sendNote", receiver.user.id, "hello"),
        { connections: 1 },
        "answer",
      );
      await receiver.session.next('42["note",');
    },
    ["upgrade"],
  ),
];

// oxfmt-ignore
const WRONG_ARGUMENTS: [name: string, what: string, event: string, args: (user: User) => unknown[]][] = [
  ["id-text", "an id that is a text", "sendNote", (user) => [String(user.id), "hello"]],
  ["id-room", "the name of a room", "sendNote", (user) => [`user:${user.id}`, "hello"]],
  ["id-array", "a list of ids", "sendNote", (user) => [[user.id], "hello"]],
  ["id-object", "an id that is an object", "sendNote", (user) => [{ id: user.id, toString: 1 }, "hello"]],
  ["id-null", "an id that is null", "sendNote", () => [null, "hello"]],
  ["id-negative", "a negative id", "sendNote", () => [-1, "hello"]],
  ["id-fraction", "an id with a fraction", "sendNote", () => [1.5, "hello"]],
  ["text-missing", "a note without a text", "sendNote", (user) => [user.id]],
  ["text-empty", "an empty text", "sendNote", (user) => [user.id, ""]],
  ["text-number", "a text that is a number", "sendNote", (user) => [user.id, 1]],
  ["text-object", "a text that is an object", "sendNote", (user) => [user.id, { toString: 1, length: 5 }]],
  ["text-array", "a text in a list", "sendNote", (user) => [user.id, ["hello"]]],
  ["text-long", "a text of 501 characters", "sendNote", (user) => [user.id, "x".repeat(501)]],
  ["is-connected-text", "the question for an id that is a text", "isConnected", (user) => [String(user.id)]],
  ["is-connected-object", "the question for an id that is an object", "isConnected", () => [{}]],
  ["is-connected-nobody", "the question for no id at all", "isConnected", () => []],
];

const wrongArguments = WRONG_ARGUMENTS.map(([name, what, event, args]) =>
  userRoomCase(
    `wrong-${name}`,
    `answers with an error to ${what}, and sends nothing`,
    async (probe) => {
      const connection = await join(probe);
      const reply = (await connection.ask(event, ...args(connection.user))) as { error?: unknown };
      expectThat(typeof reply?.error === "string", "{ error: … }", JSON.stringify(reply));
      await expectNoNote(connection);
    },
  ),
);

export const userNoteCases: Case[] = [...notes, ...wrongArguments];

// Only the verified token says who somebody is, and nothing else that a client sends.
import type { Case } from "../case.ts";
import { bearerHeader, connect } from "../connection.ts";
import { allDoors, identify } from "../doors.ts";
import { expectEqual } from "../expectation.ts";
import { mintToken, type Probe } from "../probe.ts";
import { sendRequest } from "../raw-http.ts";
import type { User } from "../target.ts";
import { expectNoNote, join, notePacket, userRoomCase } from "../user-room.ts";

const NOT_TRUSTED = "RFC 8725 §3.10";
const TAKE_IT_FROM_THE_TOKEN =
  "Take the user from the claims of the verified token, and from nothing that the client sends beside it: no argument, query, header, cookie or payload.";

/** Somebody else, in all the ways in which a client can say so. */
function claimsToBe({ id, username }: User) {
  const names = {
    id,
    userId: id,
    user_id: id,
    uid: id,
    sub: id,
    username,
    user: username,
    name: username,
  };
  const texts = Object.entries(names).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return {
    query: new URLSearchParams([...texts, ["room", `user:${id}`]]).toString(),
    headers: {
      ...Object.fromEntries(
        texts.map(([name, value]) => [`X-${name.replaceAll("_", "-")}`, value]),
      ),
      "X-User-Id": String(id),
      "X-Forwarded-User": username,
      "Remote-User": username,
      Cookie: texts.map(([name, value]) => `${name}=${value}`).join("; "),
    },
    auth: { ...names, user: { id, username }, data: { id, username }, room: `user:${id}` },
  };
}

function claimsBeside({ id, username }: User): Record<string, unknown> {
  const user = { id, username };
  return {
    sub: String(id),
    id,
    userId: id,
    uid: id,
    username,
    name: username,
    preferred_username: username,
    user,
  };
}

async function whoAmI(probe: Probe, user: User, other: User): Promise<unknown> {
  const { query, headers, auth } = claimsToBe(other);
  const connection = await connect(probe, { user, query, headers, auth });
  return connection.ask("whoami");
}

export const identityCases: Case[] = [
  {
    id: "http.self-by-token-alone",
    title: "answers the user of the token, and nobody from query, headers or cookies",
    source: NOT_TRUSTED,
    needs: ["self", "mint", "data-claim"],
    remedy: TAKE_IT_FROM_THE_TOKEN,
    run: async (probe) => {
      const user = probe.newUser();
      const { query, headers } = claimsToBe(probe.newUser());
      const answer = await sendRequest(probe, {
        path: `${probe.target.selfPath}?${query}`,
        headers: { ...headers, ...bearerHeader(probe.target, mintToken(probe, user)) },
      });
      expectEqual(JSON.parse(answer.body), user, "user");
    },
  },
  {
    id: "token.user-by-one-claim",
    title: "takes the user from the claim data, and not from other claims",
    source: NOT_TRUSTED,
    needs: ["mint", "whoami", "data-claim"],
    remedy: TAKE_IT_FROM_THE_TOKEN,
    run: async (probe) => {
      const user = probe.newUser();
      const token = mintToken(probe, user, claimsBeside(probe.newUser()));
      for (const door of allDoors(probe.target))
        expectEqual(await identify(probe, door, token), user, `${door.name} takes the bearer for`);
    },
  },
  {
    id: "handshake.user-by-token-alone",
    title:
      "knows a socket as the user of its token, and as nobody from query, headers, cookies or payload",
    source: NOT_TRUSTED,
    needs: ["mint", "whoami", "data-claim"],
    remedy: TAKE_IT_FROM_THE_TOKEN,
    run: async (probe) => {
      const user = probe.newUser();
      expectEqual(await whoAmI(probe, user, probe.newUser()), user, "user");
    },
  },
  userRoomCase(
    "arguments-forged",
    "takes nobody for another because of an argument",
    async (probe) => {
      const victim = await join(probe);
      const { ask, session, user } = await join(probe);
      const { auth } = claimsToBe(victim.user);
      for (const said of [
        auth,
        auth.user,
        victim.user.id,
        victim.user.username,
        [victim.user.id],
      ]) {
        expectEqual(await ask("whoami", said), user, "user");
        await ask("listConnected", said);
        await ask("sendNote", user.id, "hello", said);
        expectEqual(await session.next("42"), notePacket(user, "hello"), "note");
      }
      await victim.ask("sendNote", victim.user.id, "for the victim alone");
      await expectNoNote({ ...victim, session });
    },
  ),
  userRoomCase("same-name", "keeps two users of one name apart", async (probe) => {
    const one = await join(probe);
    const other = await join(probe, { ...probe.newUser(), username: one.user.username });
    expectEqual(await other.ask("whoami"), other.user, "user");
    await one.ask("sendNote", one.user.id, "for one alone");
    expectEqual(await one.session.next("42"), notePacket(one.user, "for one alone"), "note");
    await expectNoNote(other);
    const { users } = (await one.ask("listConnected")) as { users: User[] };
    const listed = users.filter(({ username }) => username === one.user.username);
    expectEqual(listed.length, 2, "users of that name");
  }),
];

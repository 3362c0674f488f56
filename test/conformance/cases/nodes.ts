// Several servers that share their users: what one does is done, and known, on all.
import type { Case } from "../case.ts";
import { connect, connectOn, leave, openAuthorized, placeToken, settle } from "../connection.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { fetchToken } from "../login.ts";
import { expectEnded, logOut, newLogin } from "../logout.ts";
import { nodesOf } from "../nodes.ts";
import { mintToken, type Probe } from "../probe.ts";
import { enginePath } from "../raw-engine.ts";
import { describeResponse, sendRequest } from "../raw-http.ts";
import { beginFamily, refresh, showRefreshToken } from "../refresh-tokens.ts";
import type { Capability, User } from "../target.ts";
import { expectNoNote, join, notePacket } from "../user-room.ts";
import { expectAccepted, expectRefusedEverywhere } from "../verdicts.ts";

const ADAPTER = "https://socket.io/docs/v4/adapter/";
const STICKY = "https://socket.io/docs/v4/using-multiple-nodes/#why-is-sticky-session-required";
const USE_AN_ADAPTER =
  "Give Socket.IO an adapter, such as @socket.io/redis-streams-adapter, and ask through it: a server's own rooms hold its own sockets alone.";
const ONE_SECRET = "Give all servers the same secret, or the same pair of keys.";
const USERS: Capability[] = ["user-rooms", "mint", "data-claim"];

function nodesCase(
  name: string,
  title: string,
  run: Case["run"],
  { needs = USERS, ...rest }: { needs?: Capability[]; source?: string; remedy?: string } = {},
): Case {
  const usual = { source: ADAPTER, remedy: USE_AN_ADAPTER };
  return { id: `nodes.${name}`, title, needs: ["nodes", ...needs], run, ...usual, ...rest };
}

/** Connects a user to each server. */
function joinAll(probe: Probe, user: User) {
  return Promise.all(nodesOf(probe).map((node) => join(node, user)));
}

/** Connects a user of its own to each server. */
function joinEach(probe: Probe) {
  return Promise.all(nodesOf(probe).map((node) => join(node)));
}

const shared: Case[] = [
  nodesCase("is-connected", "knows on each server who is connected to another", async (probe) => {
    const all = await joinEach(probe);
    for (const { ask } of all)
      for (const { user } of all)
        expectEqual(await ask("isConnected", user.id), { isConnected: true }, "answer");
  }),
  nodesCase("left", "knows on each server that a user has left another", async (probe) => {
    const [gone, ...all] = await joinEach(probe);
    const expectAll = async (isConnected: boolean): Promise<void> => {
      for (const { ask } of all)
        expectEqual(await ask("isConnected", gone!.user.id), { isConnected }, "answer");
    };
    await expectAll(true);
    await leave(gone!);
    await expectAll(false);
  }),
  nodesCase("list", "lists the users of all servers on each, and each user once", async (probe) => {
    const all = await joinEach(probe);
    const both = await joinAll(probe, probe.newUser());
    const expected = [...all.map(({ user }) => user), both[0]!.user];
    for (const { ask } of all) {
      const { users } = (await ask("listConnected")) as { users: User[] };
      for (const user of expected)
        expectEqual(
          users.filter(({ id }) => id === user.id),
          [user],
          "entries of the user",
        );
    }
  }),
  nodesCase(
    "note",
    "brings a note from each server to all connections of a user, on all servers, once and in order",
    async (probe) => {
      const receivers = await joinAll(probe, probe.newUser());
      const [{ user }] = receivers as [(typeof receivers)[number]];
      for (const sender of await joinEach(probe)) {
        const texts = ["first", "second", "third"];
        for (const text of texts)
          expectEqual(
            await sender.ask("sendNote", user.id, text),
            { connections: receivers.length },
            "answer",
          );
        for (const { session } of receivers)
          for (const text of texts)
            expectEqual(await session.next("42"), notePacket(sender.user, text), "note");
      }
      for (const receiver of receivers) await expectNoNote(receiver);
    },
  ),
  nodesCase("note-to-others", "brings a note to nobody else on any server", async (probe) => {
    const [sender, ...others] = await joinEach(probe);
    const [receiver] = await joinAll(probe, probe.newUser());
    await sender!.ask("sendNote", receiver!.user.id, "hello");
    await receiver!.session.next("42");
    for (const other of [sender!, ...others]) await expectNoNote(other);
  }),
];

const rights: Case[] = [
  nodesCase(
    "disconnect-user",
    "ends all connections of a user on all servers, counts each session once, and ends no other",
    async (probe) => {
      const others = await joinEach(probe);
      const user = probe.newUser();
      const token = mintToken(probe, user, { scope: "moderation" });
      const ended = await Promise.all(nodesOf(probe).map((node) => connect(node, { token })));
      const { auth } = placeToken(probe.target, token);
      // In both namespaces, on each server.
      for (const { session } of ended) await connectOn(session, auth, "/moderation");
      const moderation = mintToken(probe, probe.newUser(), { scope: "moderation disconnect" });
      const session = await openAuthorized(probe, { token: moderation });
      const moderator = await connectOn(
        session,
        placeToken(probe.target, moderation).auth,
        "/moderation",
      );
      const answer = await moderator.ask("disconnectUser", user.id);
      expectEqual(answer, { connections: ended.length }, "answer");
      await Promise.all(ended.map((each) => each.session.ended()));
      for (const { ask, user: other } of others)
        expectEqual(await ask("isConnected", other.id), { isConnected: true }, "answer");
    },
    { needs: [...USERS, "rights"] },
  ),
];

const tokens: Case[] = [
  nodesCase(
    "token",
    "accepts on each server the token of a login at another",
    async (probe) => {
      const nodes = nodesOf(probe);
      for (const node of nodes) {
        const { token } = await fetchToken(node);
        for (const other of nodes) await expectAccepted(other, token);
      }
    },
    { needs: ["login"], source: "RFC 8725 §3.5", remedy: ONE_SECRET },
  ),
  nodesCase(
    "logout",
    "refuses on each server the token that was logged out at another, and ends its sockets there",
    async (probe) => {
      const token = await newLogin(probe);
      const nodes = nodesOf(probe);
      const connected = await Promise.all(nodes.map((node) => connect(node, { token })));
      await logOut(probe, token);
      for (const connection of connected) await expectEnded(connection);
      for (const node of nodes) await expectRefusedEverywhere(node, token);
    },
    { needs: ["revocation", "gives-token"], source: "RFC 7009 §2.1" },
  ),
  nodesCase(
    "reuse",
    "ends on each server the login whose used refresh token comes again at one of them",
    async (probe) => {
      const nodes = nodesOf(probe);
      const [own] = nodes;
      const first = await beginFamily(own!);
      const { token } = await refresh(own!, first);
      const connected = await Promise.all(nodes.map((node) => connect(node, { token })));
      await showRefreshToken(own!, first, first.refreshToken);
      for (const connection of connected) await expectEnded(connection);
      for (const node of nodes) await expectRefusedEverywhere(node, token);
    },
    {
      needs: ["revocation", "gives-token", "refresh", "node-addresses"],
      source: "RFC 7009 §2.1",
    },
  ),
  nodesCase(
    "session-unknown",
    "does not know the session of another server, and leaves it alone",
    async (probe) => {
      const [own, ...others] = nodesOf(probe);
      const connection = await connect(own!, { transport: "polling" });
      const path = enginePath(probe, "polling", `sid=${connection.session.open.sid}`);
      for (const other of others) {
        const answer = await sendRequest(other, { path });
        const isUnknown = answer.status === 400 && /"code":1\b/.test(answer.body);
        expectThat(isUnknown, '400 and {"code":1}', describeResponse(answer));
      }
      await settle(connection);
    },
    { needs: ["node-addresses", "polling"], source: STICKY },
  ),
];

export const nodesCases: Case[] = [...shared, ...rights, ...tokens];

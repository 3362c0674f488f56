// What a session is once it is open: who may use it, and that its sid is a secret.
import { useBriefly } from "../brief-token.ts";
import type { Case } from "../case.ts";
import {
  bearerHeader,
  connect,
  type Connection,
  connectOn,
  goodToken,
  leave,
  openAuthorized,
  placeToken,
  settle,
} from "../connection.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { mintToken } from "../probe.ts";
import { enginePath, readOpenPacket, type Session } from "../raw-engine.ts";
import { dialWebSocket } from "../raw-websocket.ts";
import { describeResponse, sendRequest } from "../raw-http.ts";

const GUIDE = "https://socket.io/how-to/use-with-jwt";
const UPGRADE = "https://socket.io/docs/v4/engine-io-protocol/#upgrade";

const GUARD_THE_NAMESPACE =
  "Let no socket connect without a user, however its session was opened: check it in a middleware of the namespace.";

export const handshakeSessionCases: Case[] = [
  {
    id: "handshake.upgrade-by-sid",
    title: "accepts an upgrade without a token by its sid",
    source: UPGRADE,
    needs: ["checks-handshake", "upgrade"],
    run: async (probe) => {
      const { open } = await openAuthorized(probe, { transport: "polling" });
      const line = await dialWebSocket(probe, { query: `sid=${open.sid}` });
      await line.send("2probe");
      expectEqual(await line.next("3"), "3probe", "answer");
    },
  },
  {
    id: "handshake.poll-by-sid",
    title: "accepts polls and posts without a token by their sid",
    source: GUIDE,
    needs: ["checks-handshake", "polling"],
    run: async (probe) => {
      const { open } = await openAuthorized(probe, { transport: "polling" });
      const path = enginePath(probe, "polling", `sid=${open.sid}`);
      const post = await sendRequest(probe, { method: "POST", path, body: "40" });
      expectThat(post.status === 200, "200", describeResponse(post));
      const poll = await sendRequest(probe, { path });
      expectThat(poll.body.startsWith("40{"), "CONNECT accepted", describeResponse(poll));
    },
  },
  ...(["EIO=4&transport=polling", "EIO=4&transport=polling&sid="] as const).map(
    (query, at): Case => ({
      id: `handshake.no-token-no-socket${at === 0 ? "" : "-empty-sid"}`,
      title: `connects no socket without a token for ${query}, even if a session should open`,
      source: "https://socket.io/docs/v4/middlewares/",
      needs: ["checks-handshake", "polling"],
      remedy: GUARD_THE_NAMESPACE,
      run: async (probe) => {
        const answer = await sendRequest(probe, { path: `${probe.target.socketPath}?${query}` });
        const packet = readOpenPacket(answer);
        if (packet === undefined) return;
        const path = enginePath(probe, "polling", `sid=${packet.sid}`);
        await sendRequest(probe, { method: "POST", path, body: "40" });
        const poll = await sendRequest(probe, { path });
        expectThat(!poll.body.startsWith("40"), "no socket", describeResponse(poll));
      },
    }),
  ),
  {
    id: "handshake.sid-is-not-socket-id",
    title: "never gives out the sid of a session as the id of its socket",
    source: "https://socket.io/docs/v4/server-socket-instance/#socketid",
    needs: [],
    run: async (probe) => {
      const { session, socketId } = await connect(probe);
      expectThat(session.open.sid !== socketId, "two different ids", "one id for both");
    },
  },
  {
    id: "handshake.sid-unique",
    title: "gives every session a long sid that tells nothing of the next",
    source: "RFC 6750 §5.2",
    needs: [],
    run: async (probe) => {
      const token = await goodToken(probe);
      const { open: first } = await openAuthorized(probe, { token });
      const { open: second } = await openAuthorized(probe, { token });
      const differing = first.sid.split("").filter((sign, at) => sign !== second.sid[at]).length;
      expectThat(first.sid.length >= 20, "20 characters or more", String(first.sid.length));
      // Engine.IO counts in the last ones; of the 14 others, which are random, half are the same in no lifetime.
      expectThat(differing >= 8, "sids that differ in 8 characters or more", String(differing));
    },
  },
  {
    id: "handshake.session-outlives-bad-header",
    title: "keeps a session whose later requests bring a bad header",
    source: GUIDE,
    needs: ["header", "checks-handshake", "polling"],
    run: async (probe) => {
      const { open } = await openAuthorized(probe, { transport: "polling" });
      const path = enginePath(probe, "polling", `sid=${open.sid}`);
      const headers = bearerHeader(probe.target, "abc.def.ghi");
      const post = await sendRequest(probe, { method: "POST", path, headers, body: "40" });
      expectThat(post.status === 200, "200", describeResponse(post));
    },
  },
  {
    id: "handshake.user-of-session",
    title: "takes the user from the handshake, and not from CONNECT",
    source: GUIDE,
    needs: ["checks-handshake", "whoami", "mint", "data-claim"],
    run: async (probe) => {
      const user = probe.newUser();
      const token = mintToken(probe, probe.newUser());
      const connection = await connect(probe, {
        user,
        auth: { token, user: { id: 1 }, userId: 1 },
      });
      expectEqual(await connection.ask("whoami"), user, "user");
    },
  },
  {
    id: "handshake.user-after-reconnect",
    title: "knows the user again when the socket disconnects and connects on the same session",
    source: "https://socket.io/docs/v4/socket-io-protocol/#disconnection-from-a-namespace",
    needs: ["whoami", "mint", "data-claim"],
    run: async (probe) => {
      const user = probe.newUser();
      const token = mintToken(probe, user);
      const { session } = await connect(probe, { token });
      await session.send("41");
      await settle({ session });
      const again = await connectOn(session, placeToken(probe.target, token).auth);
      expectEqual(await again.ask("whoami"), user, "user");
    },
  },
  ...(["polling", "websocket"] as const).map((transport): Case => ({
    id: `handshake.users-apart-${transport}`,
    title: `keeps two users apart whose handshakes by ${transport} both come before either CONNECT`,
    source: GUIDE,
    needs: [transport, "whoami", "mint", "data-claim"],
    run: async (probe) => {
      const users = [probe.newUser(), probe.newUser()];
      const tokens = users.map((user) => mintToken(probe, user));
      const sessions: Session[] = [];
      for (const token of tokens) sessions.push(await openAuthorized(probe, { transport, token }));
      const connections: Connection[] = [];
      for (const [at, session] of sessions.entries())
        connections.push(await connectOn(session, placeToken(probe.target, tokens[at]!).auth));
      const answers: unknown[] = [];
      for (const connection of connections) answers.push(await connection.ask("whoami"));
      expectEqual(answers, users, "users");
    },
  })),
  {
    id: "handshake.session-outlives-token",
    title: "connects no further socket on a session whose token has expired",
    source: "RFC 7519 §4.1.4",
    needs: ["checks-handshake", "mint", "no-leeway", "ends-with-token"],
    run: async (probe) => {
      const { used: session } = await useBriefly(probe, async (token) => {
        const connection = await connect(probe, { token });
        await leave(connection);
        return connection.session;
      });
      await session.send("40");
      const answer = await session.next("4");
      expectThat(answer.startsWith("44"), "CONNECT_ERROR", answer);
    },
  },
  {
    id: "handshake.polling-param-on-websocket",
    title: "opens no session for a WebSocket that says it is polling",
    source: UPGRADE,
    needs: ["checks-handshake", "upgrade"],
    run: async (probe) => {
      const { headers, query } = placeToken(probe.target, await goodToken(probe));
      const path = enginePath(probe, "polling", query);
      const line = await dialWebSocket(probe, { path, headers });
      await line.ended();
      expectEqual(line.inbox, [], "packets");
    },
  },
  {
    id: "handshake.other-namespace",
    title: "refuses a namespace that does not exist, and keeps the session",
    source: "https://socket.io/docs/v4/namespaces/",
    needs: [],
    run: async (probe) => settle({ session: await openAuthorized(probe) }),
  },
];

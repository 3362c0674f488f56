// Rights: what a token lets a user do, in a namespace and by an event.
import type { Case } from "../case.ts";
import {
  connect,
  connectOn,
  type Connection,
  openAuthorized,
  placeToken,
  settleOrEnd,
} from "../connection.ts";
import { ExpectationFailure, expectEqual, expectThat } from "../expectation.ts";
import { mintToken, type Probe } from "../probe.ts";
import { connectPacket } from "../raw-engine.ts";
import type { Capability, User } from "../target.ts";

const SCOPE = "https://www.rfc-editor.org/rfc/rfc8693#section-4.2";
const FORBIDDEN = "RFC 6750 §3.1, insufficient_scope";
const NEEDS: Capability[] = ["rights", "user-rooms", "mint", "data-claim"];
const NAMESPACE = "/moderation";

function rightsCase(name: string, title: string, source: string, run: Case["run"]): Case {
  return { id: `rights.${name}`, title, source, needs: NEEDS, run };
}

/**
 * Connects a user to the namespace alone, with that scope.
 * @param claims what the client says about itself in CONNECT, beside the token
 * @throws ExpectationFailure if it is refused
 */
async function enter(
  probe: Probe,
  scope: unknown,
  user = probe.newUser(),
  claims = {},
): Promise<Connection> {
  const token = mintToken(probe, user, { scope });
  const session = await openAuthorized(probe, { token });
  return connectOn(session, { ...placeToken(probe.target, token).auth, ...claims }, NAMESPACE);
}

/** @returns the answer, where the namespace refuses @throws ExpectationFailure if it does not */
async function refusalOf(probe: Probe, scope: unknown): Promise<string> {
  try {
    await enter(probe, scope);
  } catch (error) {
    if (error instanceof ExpectationFailure && error.seen.startsWith(`44${NAMESPACE},`))
      return error.seen;
    throw error;
  }
  throw new ExpectationFailure(`CONNECT_ERROR from ${NAMESPACE}`, "CONNECT accepted");
}

// oxfmt-ignore
const NO_RIGHT: [name: string, what: string, scope: unknown][] = [
  ["none", "a token without a scope", undefined],
  ["other", "a token with another right", "disconnect"],
  ["longer", "a right whose name only contains the one that is needed", "no-moderation moderation:read"],
  ["shorter", "a right whose name is only the beginning", "moderat"],
  ["capitals", "a right in capitals", "MODERATION"],
  ["list", "a scope that is a list, which RFC 8693 does not know", ["moderation"]],
  ["object", "a scope that is an object", { moderation: true }],
  ["true", "a scope that is true", true],
];

const namespaces: Case[] = [
  ...["moderation", "disconnect moderation"].map((scope) =>
    rightsCase(
      `namespace-${scope.replace(" ", "-")}`,
      `connects a user with "${scope}" to the namespace`,
      SCOPE,
      async (probe) => void (await enter(probe, scope)),
    ),
  ),
  ...NO_RIGHT.map(([name, what, scope]) =>
    rightsCase(`namespace-${name}`, `refuses ${what}`, SCOPE, async (probe) => {
      await refusalOf(probe, scope);
    }),
  ),
  rightsCase(
    "names-scope",
    "tells a refused client which right is missing",
    FORBIDDEN,
    async (probe) => {
      const answer = await refusalOf(probe, "");
      const { data } = JSON.parse(answer.slice(answer.indexOf("{"))) as { data?: unknown };
      expectEqual(data, { error: "insufficient_scope", scope: "moderation" }, "data");
    },
  ),
  rightsCase(
    "main-goes-on",
    "leaves the socket in the main namespace connected when the other one refuses",
    "https://socket.io/docs/v4/namespaces/",
    async (probe) => {
      const user = probe.newUser();
      const connection = await connect(probe, { user });
      const { auth } = placeToken(probe.target, mintToken(probe, user));
      await connection.session.send(`40${NAMESPACE},${JSON.stringify(auth)}`);
      await connection.session.next(`44${NAMESPACE},`);
      expectEqual(await connection.ask("isConnected", user.id), { isConnected: true }, "answer");
    },
  ),
];

/** The answer to the question whether that user is connected, asked by somebody else. */
async function isThere(probe: Probe, { id }: User): Promise<unknown> {
  const { ask } = await connect(probe);
  return ask("isConnected", id);
}

const events: Case[] = [
  rightsCase(
    "event-without",
    "ends nobody's connection for a user who may see the namespace and not do that",
    FORBIDDEN,
    async (probe) => {
      const user = probe.newUser();
      await connect(probe, { user });
      const moderator = await enter(probe, "moderation");
      expectEqual(await moderator.ask("disconnectUser", user.id), { error: "Forbidden" }, "answer");
      expectEqual(await isThere(probe, user), { isConnected: true }, "answer");
    },
  ),
  rightsCase(
    "event-claimed",
    "takes the right from the token, not from what the client sends with CONNECT or with the event",
    FORBIDDEN,
    async (probe) => {
      const user = probe.newUser();
      await connect(probe, { user });
      const claims = { scope: "disconnect", rights: ["disconnect"] };
      const moderator = await enter(probe, "moderation", probe.newUser(), claims);
      await moderator.ask("disconnectUser", user.id, claims);
      expectEqual(await isThere(probe, user), { isConnected: true }, "answer");
    },
  ),
  rightsCase(
    "event-with",
    "ends all connections of that user, and no other",
    "https://socket.io/docs/v4/server-instance/#disconnectsockets",
    async (probe) => {
      const user = probe.newUser();
      const other = await connect(probe);
      const ended = [await connect(probe, { user }), await connect(probe, { user })];
      const moderator = await enter(probe, "moderation disconnect");
      expectEqual(await moderator.ask("disconnectUser", user.id), { connections: 2 }, "answer");
      await Promise.all(ended.map(({ session }) => session.ended()));
      expectEqual(await other.ask("isConnected", user.id), { isConnected: false }, "answer");
    },
  ),
  rightsCase(
    "event-with-namespace",
    "ends the connection that a user has in this namespace alone, and counts one in both once",
    "https://socket.io/docs/v4/rooms/",
    async (probe) => {
      const user = probe.newUser();
      const token = mintToken(probe, user, { scope: "moderation" });
      const inBoth = await connect(probe, { token });
      await connectOn(inBoth.session, placeToken(probe.target, token).auth, NAMESPACE);
      const ended = [inBoth, await enter(probe, "moderation", user)];
      const moderator = await enter(probe, "moderation disconnect");
      expectEqual(await moderator.ask("disconnectUser", user.id), { connections: 2 }, "answer");
      await Promise.all(ended.map(({ session }) => session.ended()));
    },
  ),
  rightsCase(
    "connects-once",
    "has a session in the namespace once at most, however many CONNECT packets it sends at once",
    "https://socket.io/docs/v4/rooms/",
    async (probe) => {
      const user = probe.newUser();
      const token = mintToken(probe, user, { scope: "moderation" });
      const session = await openAuthorized(probe, { token });
      const { auth } = placeToken(probe.target, token);
      const connecting = connectPacket(auth).replace(/^40/, `40${NAMESPACE},`);
      await session.send(...Array.from({ length: 20 }, () => connecting));
      await settleOrEnd({ session });
      const moderator = await enter(probe, "moderation disconnect");
      const answer = await moderator.ask("disconnectUser", user.id);
      const { connections } = answer as { connections: number };
      expectThat(connections <= 1, "1 connection at most", `${connections}`);
    },
  ),
  rightsCase(
    "event-wrong-id",
    "answers an error to what is not a user id",
    SCOPE,
    async (probe) => {
      const moderator = await enter(probe, "moderation disconnect");
      for (const wrong of ["1", 0, null, {}, [1]]) {
        const answer = (await moderator.ask("disconnectUser", wrong)) as { error?: unknown };
        expectThat(typeof answer.error === "string", "an error", JSON.stringify(answer));
      }
    },
  ),
  rightsCase("event-main", "knows the event only in the namespace", SCOPE, async (probe) => {
    const user = probe.newUser();
    await connect(probe, { user });
    const token = mintToken(probe, probe.newUser(), { scope: "moderation disconnect" });
    await (await connect(probe, { token })).emit("disconnectUser", user.id);
    expectEqual(await isThere(probe, user), { isConnected: true }, "answer");
  }),
];

export const rightsCases: Case[] = [...namespaces, ...events];

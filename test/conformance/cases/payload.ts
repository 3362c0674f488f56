// The token in the payload of CONNECT: works on every transport, and the refusal reaches the client in words.
import type { Case } from "../case.ts";
import {
  bearerHeader,
  connect,
  connectOn,
  goodToken,
  leave,
  usualTransport,
} from "../connection.ts";
import { allDoors, knock, knockWithPayload } from "../doors.ts";
import { expectNoSecret, isStack } from "../login.ts";
import { bring, IN_PAYLOAD, type Place } from "../place.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { swapCase } from "../near-miss.ts";
import { createForge } from "../forge.ts";
import { mintToken, type Probe } from "../probe.ts";
import type { Session } from "../raw-engine.ts";
import { openSession } from "../raw-session.ts";
import { expectReason } from "../verdicts.ts";

const GUIDE = "https://socket.io/docs/v4/middlewares/#sending-credentials";
const ERRORS = "https://socket.io/docs/v4/middlewares/#handling-middleware-error";
const PROTOCOL = "https://socket.io/docs/v4/socket-io-protocol/#connection-to-a-namespace";

/** Where a target that claims payload looks. */
function payloadPlace({ target }: Probe): Place {
  return target.places.find(({ carrier }) => carrier === "payload") ?? IN_PAYLOAD;
}

function payloadWith(probe: Probe, token: string): string {
  return JSON.stringify(bring([payloadPlace(probe)], token).auth);
}

// oxfmt-ignore
const refused: [name: string, what: string, make: (token: string, name: string) => string][] = [
  ["missing", "CONNECT without a payload", () => ""],
  ["empty", "an empty payload", () => "{}"],
  ["token-empty", "an empty token", (_t, n) => `{"${n}":""}`],
  ["token-null", "a token that is null", (_t, n) => `{"${n}":null}`],
  ["token-true", "a token that is true", (_t, n) => `{"${n}":true}`],
  ["token-number", "a token that is a number", (_t, n) => `{"${n}":1}`],
  ["token-object", "a token that is an object", (t, n) => `{"${n}":{"${n}":"${t}"}}`],
  ["token-array", "a token in a list", (t, n) => `{"${n}":["${t}"]}`],
  ["token-text-object", "a token that is an object with a length", (t, n) => `{"${n}":{"length":${t.length},"0":"a"}}`],
  ["token-prototype", "a token hidden in __proto__", (t, n) => `{"__proto__":{"${n}":"${t}"}}`],
  ["token-capital", "a member whose name has other capitals", (t, n) => `{"${swapCase(n)}":"${t}"}`],
  ["token-deeper", "a token one level deeper", (t, n) => `{"auth":{"${n}":"${t}"}}`],
  ["token-header", "a header written into the payload", (t) => `{"headers":{"authorization":"bearer ${t}"}}`],
  ["token-with-scheme", "a token with a word before it", (t, n) => `{"${n}":"bearer ${t}"}`],
  ["token-space", "a token followed by a space", (t, n) => `{"${n}":"${t} "}`],
  ["token-word", "a token that is a word", (_t, n) => `{"${n}":"undefined"}`],
  ["token-long", "60,000 characters that are not a token", (_t, n) => `{"${n}":"${"a.".repeat(30_000)}"}`],
  ["user-without-token", "a user without a token", () => '{"user":{"id":1,"username":"john"},"id":1}'],
];

const refusals = refused.map(([name, what, make]): Case => ({
  id: `payload.${name}`,
  title: `refuses ${what}, with a message`,
  source: GUIDE,
  needs: ["payload"],
  run: async (probe) => {
    const place = payloadPlace(probe);
    const payload = make(`${place.prefix}${await goodToken(probe)}`, place.name);
    expectReason(await knockWithPayload(probe, payload));
  },
}));

const elsewhere: Case[] = [
  {
    id: "payload.header-ignored",
    title: "refuses a good token in the header when the payload has none",
    source: GUIDE,
    needs: ["payload-only"],
    run: async (probe) => {
      const headers = bearerHeader(probe.target, await goodToken(probe));
      expectReason(await knockWithPayload(probe, "", headers));
    },
  },
  {
    id: "payload.bad-header-ignored",
    title: "accepts a good token in the payload beside a bad one in the header",
    source: GUIDE,
    needs: ["payload-only"],
    run: async (probe) => {
      const payload = payloadWith(probe, await goodToken(probe));
      const headers = bearerHeader(probe.target, "abc.def.ghi");
      const verdict = await knockWithPayload(probe, payload, headers);
      expectThat(verdict.isAccepted, "CONNECT accepted", verdict.answer);
    },
  },
  {
    id: "payload.query-ignored",
    title: "refuses a good token in the query when the payload has none",
    source: "RFC 6750 §5.3",
    needs: ["payload", "no-query"],
    run: async (probe) => {
      const query = `${payloadPlace(probe).name}=${await goodToken(probe)}`;
      const door = allDoors(probe.target).find(({ kind }) => kind === "connect");
      if (door !== undefined) expectReason(await knock(probe, door, { query }));
    },
  },
];

function openUsual(probe: Probe): Promise<Session> {
  return openSession(probe, usualTransport(probe.target));
}

async function refuseOnce(
  probe: Probe,
  session: Session,
): Promise<{ message?: unknown; data?: { error?: unknown } }> {
  await session.send(`40${payloadWith(probe, "abc.def.ghi")}`);
  return JSON.parse((await session.next("44")).slice(2)) as object;
}

const answers: Case[] = [
  ...(["polling", "websocket"] as const).map((transport): Case => ({
    id: `payload.refused-on-${transport}`,
    title: `refuses and then accepts on one session by ${transport}, so that no client need retry`,
    source: ERRORS,
    needs: ["payload", "answers-refusal", transport],
    run: async (probe) => {
      const session = await openSession(probe, transport);
      await refuseOnce(probe, session);
      await connectOn(session, bring([payloadPlace(probe)], await goodToken(probe)).auth);
    },
  })),
  {
    id: "payload.verdict-not-kept",
    title: "judges each CONNECT on a session by its own token and not by an earlier one",
    source: GUIDE,
    needs: ["payload", "answers-refusal", "whoami", "mint", "data-claim"],
    run: async (probe) => {
      const connection = await connect(probe);
      await leave(connection);
      await refuseOnce(probe, connection.session);
      const user = probe.newUser();
      const { auth } = bring([payloadPlace(probe)], mintToken(probe, user));
      const again = await connectOn(connection.session, auth);
      expectEqual(await again.ask("whoami"), user, "user");
    },
  },
  {
    id: "payload.namespace-admin",
    title: "lets nobody into the namespace /admin without a token, should there be one",
    source: "https://socket.io/docs/v4/namespaces/",
    needs: ["payload-only"],
    run: async (probe) => {
      const session = await openUsual(probe);
      await session.send("40/admin,");
      const answer = await session.next("4");
      expectThat(answer.startsWith("44/admin,"), "CONNECT_ERROR", answer);
    },
  },
  {
    id: "payload.error-code-invalid",
    title: "names the error invalid_token in the data when the token is not valid",
    source: "RFC 6750 §3.1",
    needs: ["payload", "answers-refusal", "error-codes"],
    run: async (probe) => {
      const { data } = await refuseOnce(probe, await openUsual(probe));
      expectEqual(data?.error, "invalid_token", "data.error");
    },
  },
  {
    id: "payload.error-code-missing",
    title: "names another error in the data when there is no token",
    source: "RFC 6750 §3.1",
    needs: ["payload", "answers-refusal", "error-codes"],
    run: async (probe) => {
      const { connectError } = await knockWithPayload(probe, "");
      const { error } = (connectError?.data ?? {}) as { error?: unknown };
      const isOther = typeof error === "string" && error !== "invalid_token";
      expectThat(isOther, "an error code other than invalid_token", String(error));
    },
  },
  {
    id: "payload.null-is-missing",
    title:
      "tells a client that sends null, as localStorage answers without a token, the same as one that sends none",
    source: GUIDE,
    needs: ["payload", "answers-refusal"],
    run: async (probe) => {
      const none = await knockWithPayload(probe, "{}");
      const asNull = await knockWithPayload(probe, `{"${payloadPlace(probe).name}":null}`);
      expectEqual(asNull.connectError, none.connectError, "CONNECT_ERROR");
    },
  },
  {
    id: "payload.error-tells-nothing",
    title: "gives neither the token nor the inside of the server away in the refusal",
    source: "RFC 6750 §5.3",
    needs: ["payload", "answers-refusal", "mint"],
    run: async (probe) => {
      const forge = createForge(probe);
      const token = forge.token({ exp: forge.now - 600 });
      const { answer } = await knockWithPayload(probe, payloadWith(probe, token));
      expectNoSecret(probe.target, answer);
      const isTelling = answer.includes(token) || isStack(answer);
      expectThat(!isTelling, "neither token nor stack", answer);
    },
  },
  {
    id: "payload.expired-differs",
    title:
      "tells a token that has expired from one that was never good, so that the client can fetch another",
    source: ERRORS,
    needs: ["payload", "answers-refusal", "mint", "error-codes"],
    run: async (probe) => {
      const forge = createForge(probe);
      const expired = payloadWith(probe, forge.token({ exp: forge.now - 600 }));
      const first = await knockWithPayload(probe, expired);
      const second = await knockWithPayload(probe, payloadWith(probe, "abc.def.ghi"));
      const isTold = first.connectError?.message !== second.connectError?.message;
      expectThat(isTold, "two messages", first.answer);
    },
  },
  {
    id: "payload.event-after-refusal",
    title: "ends the session of a client that sends events after it was refused",
    source: PROTOCOL,
    needs: ["payload", "answers-refusal"],
    run: async (probe) => {
      const session = await openUsual(probe);
      await refuseOnce(probe, session);
      await session.send('421["whoami"]');
      await session.ended();
      const answered = session.inbox.filter((packet) => packet.startsWith("43"));
      expectEqual(answered, [], "answers");
    },
  },
  {
    id: "payload.user-of-token",
    title: "takes the user from the token, and not from the rest of the payload",
    source: GUIDE,
    needs: ["payload", "whoami", "mint", "data-claim"],
    run: async (probe) => {
      const user = probe.newUser();
      const token = mintToken(probe, user);
      const auth = { user: { id: 1 }, userId: 1, id: 1 };
      const connection = await connect(probe, { token, auth });
      expectEqual(await connection.ask("whoami"), user, "user");
    },
  },
];

export const payloadCases: Case[] = [...refusals, ...elsewhere, ...answers];

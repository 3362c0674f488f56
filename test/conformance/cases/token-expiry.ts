// A connected socket whose token expires: when it ends, what the client learns before, and what the server still hears.
import { setTimeout as sleep } from "node:timers/promises";
import { useBriefly } from "../brief-token.ts";
import type { Case } from "../case.ts";
import { connect, type Connection, settle, settleOrEnd } from "../connection.ts";
import { ExpectationFailure, expectThat } from "../expectation.ts";
import { takeApart } from "../mint.ts";
import { isSilence, mintToken, type Probe } from "../probe.ts";
import type { Transport } from "../raw-engine.ts";

const SOURCE = "RFC 6750 §5.2";
const REMEDY =
  "When a socket connects, set a timer for the exp of its token, and call socket.disconnect(true) then.";

/** How much later than its token a socket may end, and how much earlier, since two clocks need not agree to the last bit. */
const LATE_MS = 2000;
const EARLY_MS = 500;
const YEAR_SECONDS = 31_536_000;
/** A timer that cannot wait so long rings after a millisecond. */
const RINGS_AT_ONCE_MS = 100;

interface Seen {
  transport: Transport;
  /** Milliseconds from the expiry to the end; undefined if it did not end. */
  endedAfterMs: number | undefined;
  isTold: boolean;
  /** An event that was sent afterwards was acknowledged. */
  isHeard: boolean;
  /** The session was still open. */
  isOpen: boolean;
}

async function watch(
  probe: Probe,
  transport: Transport,
  token: string,
): Promise<() => Promise<Seen>> {
  const expiresAtMs = Number(takeApart(token, probe.nowSeconds).claims["exp"]) * 1000;
  // Who waits for an expiry waits longer than other cases, and is never hurried.
  const timeoutMs = expiresAtMs - Date.now() + LATE_MS;
  const patient = { ...probe, timeoutMs, memory: new Map<string, string>() };
  const connection = await connect(patient, { transport, token });
  const end = untilDisconnected(connection);
  return async () => {
    const endedAtMs = await end;
    const isTold = connection.session.inbox.some((packet) =>
      /^42\["tokenExpired"[,\]]/.test(packet),
    );
    const endedAfterMs = endedAtMs === undefined ? undefined : endedAtMs - expiresAtMs;
    return {
      transport,
      endedAfterMs,
      isTold,
      ...(await speak(connection, endedAtMs !== undefined)),
    };
  };
}

/** When the server ended the socket, or its session. */
async function untilDisconnected({ session }: Connection): Promise<number | undefined> {
  try {
    await session.next("41");
  } catch (error) {
    if (!(error instanceof ExpectationFailure)) throw error;
    if (isSilence(error)) return undefined;
  }
  return Date.now();
}

async function speak(
  connection: Connection,
  hasEnded: boolean,
): Promise<Pick<Seen, "isHeard" | "isOpen">> {
  // Looked at first: Socket.IO itself closes a session that sends an event without a socket.
  const isOpen = !hasEnded || (await settleOrEnd(connection));
  await connection.session.send('421["whoami"]');
  await settleOrEnd(connection);
  const isHeard = connection.session.inbox.some((packet) => packet.startsWith("43"));
  return { isHeard, isOpen };
}

/** Waits once for all cases of a run, with a socket on each transport. */
async function seeExpiry(probe: Probe): Promise<Seen[]> {
  const { target, memory } = probe;
  const key = "what happens at expiry";
  if (!memory.has(key)) {
    const transports = (["polling", "websocket"] as const).filter((each) =>
      target.claims.has(each),
    );
    // What ends at once must end more than EARLY_MS before the expiry.
    const { used } = await useBriefly(
      probe,
      (token) => Promise.all(transports.map((transport) => watch(probe, transport, token))),
      2,
    );
    memory.set(key, JSON.stringify(await Promise.all(used.map((see) => see()))));
  }
  return JSON.parse(memory.get(key)!) as Seen[];
}

export const tokenExpiryCases: Case[] = [
  {
    id: "token.socket-ends",
    title: "ends a socket when its token expires, within two seconds, and not before",
    source: SOURCE,
    needs: ["mint", "checks-token", "ends-socket"],
    remedy: REMEDY,
    run: async (probe) => {
      for (const { transport, endedAfterMs } of await seeExpiry(probe)) {
        const seen = endedAfterMs === undefined ? "no end" : `${endedAfterMs} ms after the expiry`;
        const isInTime =
          endedAfterMs !== undefined && endedAfterMs >= -EARLY_MS && endedAfterMs <= LATE_MS;
        expectThat(isInTime, `an end by ${transport}, 0 to ${LATE_MS} ms after the expiry`, seen);
      }
    },
  },
  {
    id: "token.socket-told",
    title: "tells the client that its token has expired, before anything ends",
    source: "https://socket.io/docs/v4/client-socket-instance/#disconnect",
    needs: ["mint", "checks-token", "tells-expiry"],
    remedy:
      'Send the event tokenExpired before you disconnect: the client is told "io server disconnect" for every reason that you may have.',
    run: async (probe) => {
      for (const { transport, isTold } of await seeExpiry(probe))
        expectThat(isTold, `the event tokenExpired by ${transport}`, "none");
    },
  },
  {
    id: "token.socket-unheard",
    title: "answers no event of a socket that it has ended because its token expired",
    source: SOURCE,
    needs: ["mint", "checks-token", "ends-socket", "whoami"],
    remedy: REMEDY,
    run: async (probe) => {
      for (const { transport, isHeard: hasAnswer } of await seeExpiry(probe))
        expectThat(!hasAnswer, `no acknowledgement by ${transport}`, "one of whoami");
    },
  },
  {
    id: "token.socket-session",
    title: "closes the session as well when the token of its socket expires",
    source: SOURCE,
    needs: ["mint", "checks-token", "ends-socket", "ends-session"],
    remedy: `${REMEDY} Without true, a client keeps its connection open for nothing.`,
    run: async (probe) => {
      for (const { transport, isOpen } of await seeExpiry(probe))
        expectThat(!isOpen, `a session by ${transport} that has ended`, "one that is open");
    },
  },
  {
    id: "token.socket-of-a-year",
    title: "keeps the socket of a token that is good for a year, longer than a timer can wait",
    source: "https://nodejs.org/api/timers.html#settimeoutcallback-delay-args",
    needs: ["mint", "checks-token", "ends-socket"],
    remedy:
      "A timer of more than 2^31 - 1 ms rings at once: let it wait for less, and look at the clock again.",
    run: async (probe) => {
      const token = mintToken(probe, undefined, { exp: probe.nowSeconds + YEAR_SECONDS });
      const connection = await connect(probe, { token });
      await sleep(RINGS_AT_ONCE_MS);
      const isOut = connection.session.inbox.some((packet) => packet.startsWith("41"));
      expectThat(!isOut, "a socket that stays connected", "DISCONNECT");
      await settle(connection);
    },
  },
];

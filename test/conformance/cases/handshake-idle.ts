// A session that connects no socket: anybody may be able to open one, and it costs the server memory until it ends.
import type { Case } from "../case.ts";
import { openAuthorized } from "../connection.ts";
import { ExpectationFailure, expectThat } from "../expectation.ts";
import { isSilence, type Probe } from "../probe.ts";
import type { Session } from "../raw-engine.ts";

/** How much later than declared it may end. */
const LATE_MS = 2000;

/** Answers each ping, so that nothing but the missing socket ends the session. */
async function untilEnded(session: Session): Promise<void> {
  try {
    for (;;) await session.send(`3${(await session.next("2")).slice(1)}`);
  } catch (error) {
    if (!(error instanceof ExpectationFailure) || isSilence(error)) throw error;
  }
}

async function expectEnd(probe: Probe, limitMs: number): Promise<void> {
  const openedMs = performance.now();
  // A case that waits for the end of a session waits longer than the others, and is never hurried.
  const timeoutMs = limitMs + LATE_MS;
  const session = await openAuthorized({ ...probe, timeoutMs, memory: new Map() });
  await untilEnded(session);
  const lastedMs = Math.round(performance.now() - openedMs);
  expectThat(lastedMs <= timeoutMs, `an end within ${timeoutMs} ms`, `${lastedMs} ms`);
}

export const handshakeIdleCases: Case[] = [
  {
    id: "handshake.session-needs-socket",
    title: "ends a session that connects no socket in the time that was named",
    source: "https://socket.io/docs/v4/server-options/#connecttimeout",
    needs: ["connect-timeout"],
    remedy:
      "Set connectTimeout, the time a session may wait for its first socket: it is 45 seconds by default.",
    run: (probe) => expectEnd(probe, probe.target.connectTimeoutMs!),
  },
];

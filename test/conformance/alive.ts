// What must hold after every case: the target still answers, and a good token still connects.
import {
  connect,
  goodToken,
  leave,
  placeToken,
  settle,
  usualPlace,
  usualTransport,
} from "./connection.ts";
import { ExpectationFailure } from "./expectation.ts";
import { createProbe, type Probe } from "./probe.ts";
import { connectPacket, enginePath, readOpenPacket, type Session } from "./raw-engine.ts";
import { sendRequest } from "./raw-http.ts";
import { openSession } from "./raw-session.ts";

/**
 * Nearly all of these checks pass, and there is one after every case: each target has a way that shows the same in a
 * fraction of the time. Whenever that does not show it, `connect` decides.
 * @throws ExpectationFailure if a good token does not connect
 */
export async function expectAlive(probe: Probe): Promise<void> {
  if (!(await opensOnKeptConnection(probe)) && !(await connectsOnKeptSession(probe)))
    await settle(await connect(probe));
}

/** The handshake judges the token: one request, on a connection that stays open. */
async function opensOnKeptConnection(probe: Probe): Promise<boolean> {
  const { gate, claims } = probe.target;
  if (gate !== "handshake" || !claims.has("polling")) return false;
  const { headers, query } = placeToken(probe.target, await goodToken(probe));
  const path = enginePath(probe, "polling", query);
  return (
    readOpenPacket(await sendRequest(probe, { path, headers, isOnKeptConnection: true })) !==
    undefined
  );
}

const NOT_TRIED = "alive.session-not-kept";

/** CONNECT judges the token: it is sent again and again in one session, each time with a new token. */
async function connectsOnKeptSession(probe: Probe): Promise<boolean> {
  const { target, kept, memory } = probe;
  const isByPayload = target.gate === "namespace" && usualPlace(target)?.carrier === "payload";
  if (!isByPayload || !target.claims.has("websocket")) return false;
  if (memory.has(NOT_TRIED)) return false;
  const { auth } = placeToken(target, await goodToken(probe));
  const isNew = kept.session === undefined;
  try {
    kept.session ??= await openKeptSession(probe);
    return await connectAndLeave(kept.session, auth);
  } catch (error) {
    if (!(error instanceof ExpectationFailure)) throw error;
    // A server may end a session after so many messages: the next case gets a new one. If it ends a new one, it is not
    // asked again.
    delete kept.session;
    if (isNew) memory.set(NOT_TRIED, error.seen);
    return false;
  }
}

/** It outlives the case, so it has a probe of its own, and keeps no process running. */
function openKeptSession(probe: Probe): Promise<Session> {
  const { target } = probe;
  return openSession(createProbe(probe).probe, usualTransport(target), { isKept: true });
}

async function connectAndLeave(session: Session, auth: Record<string, unknown>): Promise<boolean> {
  const hasPing = session.inbox.some((packet) => packet === "2");
  if (hasPing) await session.send(`3${(await session.next("2")).slice(1)}`);
  await session.send(connectPacket(auth));
  const answer = await session.next("4");
  if (!answer.startsWith("40")) return false;
  await leave({ session });
  return true;
}

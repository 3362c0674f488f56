// Opens an Engine.IO session on either transport.
import type { Probe } from "./probe.ts";
import type { Session, SessionOptions, Transport } from "./raw-engine.ts";
import { openPolling } from "./raw-polling.ts";
import { openWebSocket } from "./raw-websocket.ts";

/** Opens a session. @throws ExpectationFailure if the server refuses it */
export function openSession(
  probe: Probe,
  transport: Transport,
  options: SessionOptions = {},
): Promise<Session> {
  return transport === "polling" ? openPolling(probe, options) : openWebSocket(probe, options);
}

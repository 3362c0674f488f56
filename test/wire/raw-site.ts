// A wire between a client and a server that send exactly the bytes that a test gives them.
import { createServer } from "node:http";
import { openWire, type Wire, type WireAttempt } from "../../scripts/lab/wire/wire.ts";
import {
  openRawConnection,
  openRawServer,
  type RawConnection,
  type RawServer,
} from "../helpers/raw-connection.ts";

export interface RawSite {
  /** Its own server answers `own` and the address of the request. */
  wire: Wire;
  server: RawServer;
  /** An attempt that leads to the server. */
  attempt: WireAttempt;
  /** Connected to the wire. */
  client: RawConnection;
}

/** What the server answers where nothing depends on it. */
export const ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/** The end of a request for a websocket, and the answer that grants it. */
export const UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
export const SWITCH = `HTTP/1.1 101 Switching Protocols\r\n${UPGRADE}`;

/** @param patienceMs as for the wire */
export async function openRawSite(patienceMs?: number): Promise<RawSite> {
  const ownServer = createServer((req, res) => res.end(`own ${req.url}`));
  const wire = await openWire({ ownServer, ...(patienceMs && { patienceMs }) });
  const server = await openRawServer();
  const attempt = wire.openAttempt({ port: server.port });
  const client = await openRawConnection(Number(new URL(wire.origin).port));
  return { wire, server, attempt, client };
}

export async function closeRawSite({
  wire,
  server,
  client,
}: Pick<RawSite, "wire" | "server" | "client">): Promise<void> {
  client.socket.destroy();
  await wire.stop();
  await server.stop();
}

// What goes over the wire when a server often asks whether its client is still there.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server as SocketServer } from "socket.io";
import { io } from "socket.io-client";
import type { Trace } from "../../../scripts/model/trace.ts";
import { openWire } from "../../../scripts/lab/wire/wire.ts";

/** The trace of a connection that lived for some heartbeats; on a busy machine a few may come before it is connected. */
export async function recordHeartbeats(count: number): Promise<Trace> {
  const target = createServer();
  const sockets = new SocketServer(target, { pingInterval: 60 });
  target.listen(0, "127.0.0.1");
  await once(target, "listening");
  const wire = await openWire({ ownServer: createServer() });
  const attempt = wire.openAttempt({ port: (target.address() as AddressInfo).port });
  const client = io(wire.origin, { path: attempt.path, transports: ["websocket"], forceNew: true });
  await new Promise<void>((resolve) => client.once("connect", resolve));
  let pings = 0;
  await new Promise<void>((resolve) => {
    client.io.on("ping", () => (pings += 1) === count && resolve());
  });
  const trace = attempt.trace();
  client.disconnect();
  await sockets.close();
  await wire.stop();
  return trace;
}

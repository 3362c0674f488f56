// How a client ends its connection, until the server has read so. Runs in Node and in a page alike.
import type { Connection } from "./connection.ts";

/** Ends the connection, and what the client would retry. @returns whether the server has read so in time */
export function leave(connection: Connection): Promise<boolean> {
  return endBy(connection, () => connection.close());
}

/** The same below Socket.IO, as when the network goes away; the client tries again once it is opened again. */
export function drop(connection: Connection): Promise<boolean> {
  const { io } = connection.socket;
  io.reconnection(false);
  return endBy(connection, () => void io.engine.close());
}

function endBy({ socket, limit }: Connection, end: () => void): Promise<boolean> {
  const { engine } = socket.io;
  // A server answers the close of a websocket. The engine closes a polling session once the packet's request was answered,
  // but forgets its websocket at once, so its state is read here (engine.io-client 6.6).
  const { ws } = engine.transport as unknown as { ws?: WebSocket | null };
  const closed = new Promise<boolean>((resolve) => {
    if (engine.readyState === "closed") resolve(true);
    else if (ws) ws.addEventListener("close", () => resolve(true));
    else engine.once("close", () => resolve(true));
  });
  end();
  return limit.within(Infinity, closed, () => false);
}

// An Engine.IO session as a WebSocket, and a WebSocket of which no session comes.
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import { ExpectationFailure, expectThat, show } from "./expectation.ts";
import { inTime, type Probe } from "./probe.ts";
import {
  enginePath,
  type OpenPacket,
  type Session,
  type SessionOptions,
  take,
} from "./raw-engine.ts";

/** @throws ExpectationFailure if the server opens no session */
export async function openWebSocket(probe: Probe, options: SessionOptions): Promise<Session> {
  const line = await dialWebSocket(probe, options);
  return { ...line, open: JSON.parse((await line.next("0")).slice(1)) as OpenPacket };
}

/** A WebSocket to the transport: open as such, whether a session comes of it or not. */
type WebSocketLine = Omit<Session, "open">;

/**
 * Opens a WebSocket and does not wait for a packet.
 * @param options.path another path and query than the usual one
 * @throws ExpectationFailure if the server does not answer 101
 */
export async function dialWebSocket(
  probe: Probe,
  options: SessionOptions & { path?: string } = {},
): Promise<WebSocketLine> {
  const path = options.path ?? enginePath(probe, "websocket", options.query);
  probe.note(
    `WebSocket ${path}${Object.keys(options.headers ?? {})
      .map((name) => `, with ${name}`)
      .join()}`,
  );
  const socket = new WebSocket(probe.target.url.replace(/^http/, "ws") + path, {
    headers: options.headers as Record<string, string>,
  });
  probe.own(() => socket.terminate());
  let connection: Socket | undefined;
  socket.once("upgrade", (response) => {
    connection = response.socket;
    if (options.isKept === true) connection.unref();
  });
  const line = lineOf(probe, socket, (send) => {
    connection?.cork();
    send();
    connection?.uncork();
  });
  const opened = new Promise<string | undefined>((resolve) => {
    socket.once("open", () => resolve(undefined));
    socket.once("error", (error) => resolve(error.message));
  });
  const failure = await inTime(probe, "an answer to the upgrade", opened);
  expectThat(failure === undefined, "101", failure ?? "");
  return line;
}

function doNothing(): void {
  // Nobody waits for a packet.
}

/** @param inOneWrite what is sent by its argument reaches the server in one piece */
function lineOf(
  probe: Probe,
  socket: WebSocket,
  inOneWrite: (send: () => void) => void,
): WebSocketLine {
  const inbox: string[] = [];
  let wake = doNothing;
  let reason: string | undefined;
  socket.on("message", (data: Buffer, isBinary) => {
    const packet = isBinary ? `(binary, ${data.length} bytes)` : data.toString();
    probe.note(`  → frame ${packet}`);
    inbox.push(packet);
    wake();
  });
  socket.on("close", (code) => {
    reason = `the WebSocket was closed (${code})`;
    probe.note(`  → ${reason}`);
    wake();
  });
  // Every error ends in "close"; without a listener the error would end the suite instead.
  socket.on("error", (error) => probe.note(`  → ${error.message}`));

  async function until<T>(expected: string, look: () => T | undefined): Promise<T> {
    const found = new Promise<T>((resolve, reject) => {
      wake = () => {
        const value = look();
        // Looking takes packets out, so nobody may look after the answer was found: two frames may come in one piece.
        if (value !== undefined || reason !== undefined) wake = doNothing;
        if (value !== undefined) resolve(value);
        else if (reason !== undefined) reject(new ExpectationFailure(expected, reason));
      };
      wake();
    });
    try {
      return await inTime(probe, expected, found);
    } finally {
      wake = doNothing;
    }
  }

  return {
    transport: "websocket",
    inbox,
    async send(...packets) {
      inOneWrite(() => {
        for (const packet of packets) {
          probe.note(
            `frame ${typeof packet === "string" ? packet : `(binary, ${packet.length} bytes)`}`,
          );
          // An error here means that the connection is gone, and "close" tells that as well.
          socket.send(packet, () => undefined);
        }
      });
    },
    next: (start) => until(`a packet ${show(start)}`, () => take(inbox, start)),
    ended: () => until("the server to close the connection", () => reason),
    cut: () => socket.terminate(),
  };
}

// The wire: one port for the sandbox's own pages and for all attempts. It passes bytes on as they are, and records what it saw.
import type { Server } from "node:http";
import { openKiller } from "./killer.ts";
import { openEntrance } from "./entrance.ts";
import { connectPlainly, type Destination } from "./link.ts";
import { listen, portOf } from "./listening.ts";
import { type Target, type WireAttempt, WireAttempts } from "./attempts.ts";

export type { WireAttempt } from "./attempts.ts";

export interface Wire {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  openAttempt(target: Target): WireAttempt;
  /**
   * Takes a line that a server has printed. If it tells of a check (`{"port":54321,"checked":"CONNECT packet"}`), the check is
   * added to the trace of the attempt that the port belongs to; any other line is left alone.
   * @param serverPort the port of the server that printed it: the system may give one port to connections to several servers
   * at once
   * @returns the prefix of that attempt; undefined where there is none
   */
  noteServerLine(line: string, serverPort: number): string | undefined;
  /** Cuts everything and frees the port. */
  stop(): Promise<void>;
}

interface WireOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  /**
   * Gets every request that belongs to no attempt, upgrades included. If it does not listen yet, it is made to listen at
   * a private port of 127.0.0.1, and stopped with the wire.
   */
  ownServer: Server;
  /**
   * How long a client may take for what no server waits for: the first line of a request, and to close its side once nobody
   * answers it any more. As long as Node's own HTTP server waits for a head, if left out.
   */
  patienceMs?: number;
}

/**
 * Opens the wire.
 *
 * Every request goes where its first line says, on whichever TCP connection it comes. Requests that a client pipelines
 * to one server pass at once; one for another server waits until those before it are answered, and what follows a
 * request for an upgrade waits until that is answered.
 * @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES, …)
 */
export async function openWire({
  port = 0,
  host = "127.0.0.1",
  ownServer,
  patienceMs,
}: WireOptions): Promise<Wire> {
  const ownListening = ownServer.listening ? undefined : await listen(ownServer, 0, "127.0.0.1");
  const own: Destination = {
    connect: () => connectPlainly(portOf(ownServer), "127.0.0.1"),
    prefix: "",
  };
  const attempts = new WireAttempts((closed) => entrance.drop(closed));
  const killer = await openKiller(attempts);
  const entrance = await openEntrance({
    host,
    port,
    patienceMs,
    find: (route, client) => {
      if (route.isKill) return killer.destination;
      return route.attemptId === undefined ? own : attempts.find(route, client);
    },
  }).catch(async (error: unknown) => {
    await Promise.all([ownListening?.stop(), killer.stop()]);
    throw error;
  });

  return {
    origin: entrance.origin,
    openAttempt: (target) => attempts.open(target),
    noteServerLine: (line, serverPort) => attempts.noteServerLine(line, serverPort),
    async stop() {
      await Promise.all([entrance.stop(), ownListening?.stop(), killer.stop()]);
    },
  };
}

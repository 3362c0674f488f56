// Connections to a target as they are, over TLS where its address says so.
import { once } from "node:events";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import type { Target } from "./target.ts";

/** The part of a target that a connection needs. */
type Addressed = Pick<Target, "url">;

const DEFAULT_PORTS = { "http:": 80, "https:": 443 } as const;

interface Place {
  protocol: keyof typeof DEFAULT_PORTS;
  /** An IPv6 address stands without its brackets. */
  host: string;
  port: number;
}

/** Where the target listens, in the form that a socket needs. */
export function placeOf({ url }: Addressed): Place {
  const { protocol, hostname, port } = new URL(url) as URL & Pick<Place, "protocol">;
  return {
    protocol,
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port || DEFAULT_PORTS[protocol]),
  };
}

/** Opens a connection; what is written before it is open is sent then. */
export function openSocket(target: Addressed, options: { allowHalfOpen?: boolean } = {}): Socket {
  const { protocol, host, port } = placeOf(target);
  if (protocol === "http:") return connect({ host, port, ...options });
  // A server cannot choose its certificate by an address (RFC 6066 §3).
  const name = isIP(host) === 0 ? { servername: host } : {};
  return connectSecurely({ host, port, ...name, ...options });
}

/** The address of this machine that a connection to the target has: where the target reaches it, if at all. */
export async function ownAddress(target: Addressed): Promise<string> {
  const socket = openSocket(target);
  await once(socket, "connect");
  const { localAddress = "127.0.0.1" } = socket;
  socket.destroy();
  return localAddress;
}

/** Keeps one connection to the target. */
export function createAgent(target: Addressed): HttpAgent {
  const options = { keepAlive: true, maxSockets: 1 };
  return placeOf(target).protocol === "http:" ? new HttpAgent(options) : new HttpsAgent(options);
}

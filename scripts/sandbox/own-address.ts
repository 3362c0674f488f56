// The addresses at which a sandbox answers: its port on this machine and, with --public-origin, the origin of a forwarder.
import type { IncomingHttpHeaders } from "node:http";

/** The addresses of one sandbox. */
export interface OwnAddress {
  /** The origin to print: that of the forwarder, if there is one. */
  readonly origin: string;
  /** What a person types to start a sandbox at the same addresses. */
  readonly command: string;
  /** Whether a page at this origin can be a page of the sandbox. */
  has(origin: string): boolean;
  /**
   * Whether the request was made for one of these addresses. A page elsewhere can make its own name point to 127.0.0.1
   * (DNS rebinding) and would then be of the same origin as the sandbox; but its name stands in `Host`.
   */
  isHost(headers: IncomingHttpHeaders): boolean;
  /**
   * Whether the request comes from a page of these addresses, or not from a page: browsers name the origin of every
   * websocket and of every request that changes something. Other clients need a key, too.
   */
  isOrigin(headers: IncomingHttpHeaders): boolean;
}

/** The answer at any other address. */
export const NOT_OURS =
  "The sandbox does not answer at this address: to use it through a forwarder or a proxy, start it with --public-origin and the origin that your browser shows, as in npm run sandbox -- --public-origin https://name.example.";

const HTTP_PORT = 80;
const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];
// Dev tunnels replace the headers of a browser by these. Without a port, no page of another name or port can send them
// here: a browser leaves out the port only where it is that of the scheme.
const TUNNEL_HOST = "localhost";
const TUNNEL_ORIGINS = new Set(["http://localhost", "https://localhost"]);

/**
 * @param port the sandbox's port at 127.0.0.1
 * @param publicOrigin where browsers reach it through a forwarder. Only a person can set it: a header such as
 * X-Forwarded-Host can be sent by any client.
 */
export function ownAddress(port: number, publicOrigin?: string): OwnAddress {
  const names = LOOPBACK_NAMES.map((name) => `${name}:${port}`);
  const hosts = port === HTTP_PORT ? [...LOOPBACK_NAMES, ...names] : names;
  const origins = hosts.map((host) => `http://${host}`);
  const isForwarded = publicOrigin !== undefined;
  const forwardedHosts = isForwarded ? [new URL(publicOrigin).host, TUNNEL_HOST] : [];

  function isOrigin({ origin, host }: IncomingHttpHeaders): boolean {
    if (origin === undefined || origin === publicOrigin) return true;
    if (isForwarded && host === TUNNEL_HOST) return TUNNEL_ORIGINS.has(origin);
    return origins.includes(origin) && origin === `http://${host}`;
  }

  return {
    origin: publicOrigin ?? origins[0]!,
    command: `npm run sandbox -- --port ${port}${isForwarded ? ` --public-origin ${publicOrigin}` : ""}`,
    has: (origin) => origin === publicOrigin || origins.includes(origin),
    isHost: ({ host = "" }) => hosts.includes(host) || forwardedHosts.includes(host),
    isOrigin,
  };
}

/** The port of an origin; an origin leaves out the port of its scheme. */
export function portIn(origin: string): number {
  return Number(new URL(origin).port || HTTP_PORT);
}

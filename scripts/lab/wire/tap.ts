// The wire in front of a person's own app: everything that comes to one port goes there, and is recorded.
import { once } from "node:events";
import { isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type Entrance, openEntrance } from "./entrance.ts";
import { connectPlainly, type Destination } from "./link.ts";
import type { Recording } from "./recording.ts";

export interface Tap extends Pick<Entrance, "origin" | "stop"> {
  /** What `Host` becomes; undefined if it passes unchanged. */
  readonly host: string | undefined;
}

interface TapOptions {
  /** The app: `http:` or `https:`. */
  to: URL;
  /** 0 takes any free port. */
  port: number;
  recording: Recording;
  /** Called each time when the app cannot be reached. */
  onUnreachable: (error: NodeJS.ErrnoException) => void;
}

const HOST = "127.0.0.1";

/** @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES, …) */
export async function openTap({ to, port, recording, onUnreachable }: TapOptions): Promise<Tap> {
  const host = isNamedByPort(to) ? undefined : to.host;
  const destination: Destination = {
    connect: () => connectTo(to),
    prefix: "",
    recording,
    onError: (error) => !GONE.has(error.code) && onUnreachable(error),
    ...(host !== undefined && { rewriteHead: (head) => readdress(head, to) }),
  };
  const entrance = await openEntrance({ host: HOST, port, find: () => destination });
  return { ...entrance, host };
}

/** It was reached, and ended the connection. */
const GONE: ReadonlySet<string | undefined> = new Set(["ECONNRESET", "EPIPE"]);

/** Whether any app answers there. @throws the system's error, or that of TLS, if none does */
export async function checkReachable(to: URL): Promise<void> {
  const socket = connectTo(to);
  try {
    await once(socket, to.protocol === "https:" ? "secureConnect" : "connect");
  } finally {
    socket.destroy();
  }
}

function connectTo({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (protocol === "http:") return connectPlainly(Number(port || 80), host);
  // HTTP/2 opens a websocket in another way (RFC 8441).
  const options = { allowHalfOpen: true, ALPNProtocols: ["http/1.1"] };
  // An address is not a name (RFC 6066 §3).
  const name = isIP(host) === 0 ? { servername: host } : {};
  return connectTls({ ...options, ...name, port: Number(port || 443), host }).setNoDelay();
}

/** Such an app has no names that it could compare `Host` with. */
function isNamedByPort({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && /^(?:127(?:\.\d+){3}|\[::1\]|localhost)$/.test(hostname);
}

/** A head as the app would get it directly: its own `Host`; and its own `Origin`, if the page was loaded through the tap. */
function readdress(head: string, to: URL): string {
  const before = /^host:[ \t]*(\S*)/im.exec(head)?.[1];
  return head
    .replace(/^(host:[ \t]*)\S*/im, (_, name: string) => name + to.host)
    .replace(/^(origin:[ \t]*)(\S*)/im, (line, name: string, origin: string) =>
      origin === `http://${before}` ? name + to.origin : line,
    );
}

// A page of the sandbox without a browser: what talks over the control channel as the page does, or as it never would.
import { EventEmitter, once } from "node:events";
import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import type { PageSwitches } from "../scripts/model/protocol.ts";
import type { Sandbox } from "../scripts/sandbox/sandbox.ts";

const PATH = "/control/socket.io";

/** The own attempt of a page: a token in the payload, on websocket alone. */
export const OWN: { attempt: string; switches: PageSwitches } = {
  attempt: "own",
  switches: {
    variant: "cjs",
    auth: "payload",
    serverTransports: ["polling", "websocket"],
    transports: ["websocket"],
    tryAllTransports: false,
    credential: "payload",
    scheme: "Bearer",
    token: { name: "valid" },
  },
};

/** The key in the address that the sandbox prints. */
export function keyOf(sandbox: Sandbox): string {
  return new URL(sandbox.address("/")).hash.replace("#key=", "");
}

/** A page with the key; it is let in, or told why not. */
export function knock(
  sandbox: Sandbox,
  options: {
    auth?: Record<string, unknown>;
    headers?: Record<string, string>;
    transport?: "polling" | "websocket";
  } = {},
): Socket {
  return io(sandbox.lab.origin, {
    path: PATH,
    forceNew: true,
    reconnection: false,
    transports: [options.transport ?? "websocket"],
    auth: options.auth ?? { key: keyOf(sandbox) },
    extraHeaders: options.headers ?? {},
  });
}

/** Resolves once the page is let in. */
export async function enter(sandbox: Sandbox): Promise<Socket> {
  const socket = knock(sandbox);
  await new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(undefined));
    socket.once("connect_error", reject);
  });
  return socket;
}

export interface RawPage {
  /** @param text the name and the arguments as JSON, without the brackets around them */
  call(text: string): Promise<{ answer?: unknown; error?: string }>;
  close(): void;
}

/** A page that was let in and sends what Socket.IO's own client could not. */
export async function enterRaw(sandbox: Sandbox): Promise<RawPage> {
  const raw = new WebSocket(websocketAddress(sandbox, `${PATH}/`));
  const replies = new EventEmitter();
  raw.on("message", (data: Buffer) => {
    const [, id, reply] = /^4([03]\d*)(.*)$/s.exec(data.toString()) ?? [];
    if (id !== undefined) replies.emit(id, reply);
  });
  await once(raw, "open");
  raw.send(`40${JSON.stringify({ key: keyOf(sandbox) })}`);
  await once(replies, "0");
  let calls = 0;
  return {
    async call(text) {
      calls += 1;
      raw.send(`42${calls}[${text}]`);
      const [reply] = (await once(replies, `3${calls}`)) as [string];
      const [told] = JSON.parse(reply) as [{ answer?: unknown; error?: string }];
      return told;
    },
    close: () => raw.close(),
  };
}

/** Where a raw client opens a websocket. @param path of Socket.IO */
export function websocketAddress(sandbox: Sandbox, path: string): string {
  return `${sandbox.lab.origin.replace("http", "ws")}${path}?EIO=4&transport=websocket`;
}

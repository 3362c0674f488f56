// A page of the sandbox without a browser: what talks over the control channel as the page does, or as it never would.
import { EventEmitter, once } from "node:events";
import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import type { Welcome } from "../../scripts/model/protocol.ts";
import { switchesFor } from "../../scripts/model/switches.ts";
import type { Sandbox } from "../../scripts/sandbox/sandbox.ts";

const PATH = "/control/socket.io";

/** The own attempt of a page: a token in the payload, on websocket only. */
export const OWN = {
  attempt: "own",
  switches: switchesFor({ auth: "payload", credential: "payload", transports: ["websocket"] }),
};

/** The key in the address that the sandbox prints. */
export function keyOf(sandbox: Sandbox): string {
  return new URL(sandbox.address("/")).hash.replace("#key=", "");
}

interface Knock {
  headers?: Record<string, string>;
  transport?: "polling" | "websocket";
}

/** A page at the door of a sandbox; it is let in, or learns why not. */
export function knock(
  origin: string,
  key: unknown,
  { headers = {}, transport = "websocket" }: Knock = {},
): Socket {
  return io(origin, {
    path: PATH,
    forceNew: true,
    reconnection: false,
    transports: [transport],
    auth: { key },
    extraHeaders: headers,
  });
}

/** Resolves with what a page is told that is let in; rejects with why it is not. The page has confirmed its pass then. */
export async function welcomeOf(page: Socket): Promise<Welcome> {
  const welcome = await new Promise<Welcome>((resolve, reject) => {
    page.once("welcome", (told: Welcome, received: () => void) => {
      received();
      resolve(told);
    });
    page.once("connect_error", reject);
  });
  // What was said before this is answered has arrived.
  await page.emitWithAck("files");
  return welcome;
}

/** Resolves once the page is let in. */
export async function enter(sandbox: Sandbox): Promise<Socket> {
  const page = knock(sandbox.lab.origin, keyOf(sandbox));
  await welcomeOf(page);
  return page;
}

export interface RawPage {
  readonly raw: WebSocket;
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
    raw,
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

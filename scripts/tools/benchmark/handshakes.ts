// Opens many sessions one after another, each until its socket is connected, with as little work on this side as possible.
import { once } from "node:events";
import { WebSocket } from "ws";
import { readSetCookie } from "../../client/cookie.ts";
import { inLanes } from "../../model/gate.ts";

/** What a client brings: a header for the handshake, or a payload for the CONNECT packet. */
export interface Credential {
  headers: Record<string, string>;
  payload: string;
}

async function connectOnce(url: string, { headers, payload }: Credential): Promise<void> {
  const socket = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`, { headers });
  await once(socket, "message");
  socket.send(`40${payload}`);
  const [answer] = (await once(socket, "message")) as [Buffer];
  if (!answer.toString().startsWith("40")) {
    throw new Error("The server refused a handshake that it should have accepted.");
  }
  const closed = once(socket, "close");
  socket.terminate();
  await closed;
}

/** Makes `count` handshakes, `atOnce` at a time. @throws Error if one of them is refused */
export async function makeHandshakes(
  url: string,
  credential: Credential,
  { count, atOnce }: { count: number; atOnce: number },
): Promise<void> {
  await inLanes(Array.from({ length: count }), atOnce, () => connectOnce(url, credential));
}

/** Logs the demo user in. @returns the token, from the body or from the cookie */
export async function tokenOf(url: string): Promise<string> {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "john", password: "changeit" }),
  });
  if (response.status === 204) return readSetCookie(response)!;
  const { token } = (await response.json()) as { token: string };
  return token;
}

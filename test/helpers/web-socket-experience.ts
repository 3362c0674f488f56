// Opens a raw websocket, sends something, and returns all that the client experienced.
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { WebSocket } from "ws";

/** What happened, in order; sids and dates, which differ each time, are left out. */
export type Experience = string[];

interface Said {
  headers: Record<string, string>;
  /** Engine.IO packets, each sent in two fragments once the server has said something since the one before. */
  packets: (string | Buffer)[];
  /** Waits for the server to end the connection; otherwise it is asked for a pong, and then told close code 4000. */
  isPatient: boolean;
}

export async function webSocketExperience(url: string, said: Said): Promise<Experience> {
  const experience: Experience = [];
  const note = (what: string): void =>
    void experience.push(what.replaceAll(/"sid":"[^"]*"/g, '"sid"'));
  const client = new WebSocket(url, { headers: said.headers, perMessageDeflate: false });
  client.on("error", (error) => note(`error ${error.message}`));
  const refused = new Promise<void>((resolve) => {
    client.on("unexpected-response", (_, response) => resolve(noteRefusal(response, note)));
  });
  followOpen(client, said, note);
  const closed = new Promise<void>((resolve) => {
    client.on("close", (code, reason) => {
      note(`close ${code} ${reason.toString()}`);
      resolve();
    });
  });
  await Promise.race([refused, closed]);
  return experience;
}

function followOpen(
  client: WebSocket,
  { packets, isPatient }: Said,
  note: (what: string) => void,
): void {
  const unsaid = [...packets];
  client.on("message", (data: Buffer, isBinary) => {
    note(`${isBinary ? "binary" : "text"} ${data.toString()}`);
    const next = unsaid.shift();
    if (next !== undefined) sendInFragments(client, next);
    else if (!isPatient) client.ping("are you there");
  });
  client.on("pong", (data) => {
    note(`pong ${data.toString()}`);
    client.close(4000, "enough");
  });
}

async function noteRefusal(response: IncomingMessage, note: (what: string) => void): Promise<void> {
  const { statusCode, headers } = response;
  const ended = once(response, "close");
  const body = await text(response);
  await ended;
  note(JSON.stringify({ statusCode, headers: { ...headers, date: undefined }, body }));
}

function sendInFragments(client: WebSocket, packet: string | Buffer): void {
  const middle = Math.ceil(packet.length / 2);
  const options = { binary: typeof packet !== "string", fin: false };
  client.send(packet.slice(0, middle), options);
  client.send(packet.slice(middle), { ...options, fin: true });
}

// An Engine.IO session by polling: every packet is sent and fetched with a request of its own.
import { ExpectationFailure, expectThat, show } from "./expectation.ts";
import type { Probe } from "./probe.ts";
import {
  enginePath,
  readOpenPacket,
  SEPARATOR,
  type Session,
  type SessionOptions,
  take,
} from "./raw-engine.ts";
import { describeResponse, sendRequest } from "./raw-http.ts";

/** @throws ExpectationFailure if the server opens no session */
export async function openPolling(
  probe: Probe,
  { headers = {}, query }: SessionOptions,
): Promise<Session> {
  const answer = await sendRequest(probe, { path: enginePath(probe, "polling", query), headers });
  const open = readOpenPacket(answer);
  expectThat(open !== undefined, "200 and an open packet", describeResponse(answer));
  const path = enginePath(probe, "polling", `sid=${open.sid}`);
  const inbox: string[] = [];

  async function poll(): Promise<boolean> {
    const { status, body } = await sendRequest(probe, { path, headers });
    if (status === 200) inbox.push(...body.split(SEPARATOR));
    return status === 200 && body !== "1";
  }

  return {
    transport: "polling",
    open,
    inbox,
    async send(...packets) {
      const texts = packets.map((packet) =>
        typeof packet === "string" ? packet : `b${packet.toString("base64")}`,
      );
      await sendRequest(probe, { method: "POST", path, headers, body: texts.join(SEPARATOR) });
    },
    async next(start) {
      for (;;) {
        const found = take(inbox, start);
        if (found !== undefined) return found;
        if (!(await poll()))
          throw new ExpectationFailure(`a packet ${show(start)}`, "the session ended");
      }
    },
    async ended() {
      while (await poll());
      return "the server does not know the session any more";
    },
    cut: () => undefined,
  };
}

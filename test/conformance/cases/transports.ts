// Sessions by polling and by WebSocket, and requests that mix them up (Engine.IO protocol).
import type { Case } from "../case.ts";
import { connect, goodToken, openAuthorized, placeToken, settle } from "../connection.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import type { Probe } from "../probe.ts";
import { enginePath, SEPARATOR, type Transport } from "../raw-engine.ts";
import { describeResponse, type RawResponse, sendRequest } from "../raw-http.ts";

const PROTOCOL = "https://socket.io/docs/v4/engine-io-protocol/";
const SOCKET_PROTOCOL = "https://socket.io/docs/v4/socket-io-protocol/";

function open(probe: Probe, query: string, token: string): Promise<RawResponse> {
  const { headers, query: credential } = placeToken(probe.target, token);
  const whole = [query, credential].filter(Boolean).join("&");
  return sendRequest(probe, { path: `${probe.target.socketPath}?${whole}`, headers });
}

function isRefusal({ status }: RawResponse): boolean {
  return status >= 400 && status < 500;
}

const onEach = (["polling", "websocket"] as const).flatMap((transport: Transport): Case[] => [
  {
    id: `transports.${transport}-connects`,
    title: `connects a socket by ${transport}`,
    source: PROTOCOL,
    needs: [transport],
    run: async (probe) => {
      const { socketId } = await connect(probe, { transport });
      expectThat(socketId !== "", "a socket id", "none");
    },
  },
  {
    id: `transports.${transport}-open-packet`,
    title: `tells the heartbeat when a session opens by ${transport}`,
    source: `${PROTOCOL}#handshake`,
    needs: [transport],
    run: async (probe) => {
      const { open: packet } = await openAuthorized(probe, { transport });
      // maxPayload came later than protocol 4: a server may not announce it.
      const { pingInterval, pingTimeout, maxPayload = 1 } = packet;
      const numbers = [pingInterval, pingTimeout, maxPayload];
      const areNumbers = numbers.every((value) => Number.isSafeInteger(value) && value > 0);
      expectThat(areNumbers, "numbers for pingInterval, pingTimeout and maxPayload", numbers);
    },
  },
  {
    id: `transports.${transport}-whoami`,
    title: `tells the socket who it is by ${transport}`,
    source: SOCKET_PROTOCOL,
    needs: [transport, "whoami", "mint", "data-claim"],
    run: async (probe) => {
      const user = probe.newUser();
      const connection = await connect(probe, { transport, user });
      expectEqual(await connection.ask("whoami"), user, "user");
    },
  },
]);

const mismatches: Case[] = [
  {
    id: "transports.polling-close",
    title: "forgets a session by polling that the client has closed",
    source: `${PROTOCOL}#message`,
    needs: ["polling"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "polling" });
      await session.send("1");
      await session.ended();
    },
  },
  {
    id: "transports.sid-of-other-transport",
    title: "refuses to poll a session that is a WebSocket",
    source: PROTOCOL,
    needs: ["upgrade"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "websocket" });
      const path = enginePath(probe, "polling", `sid=${session.open.sid}`);
      const answer = await sendRequest(probe, { path });
      expectThat(isRefusal(answer), "a status from 400 to 499", describeResponse(answer));
      await settle({ session });
    },
  },
  {
    id: "transports.sid-of-other-protocol",
    title: "refuses protocol 3 on a session of protocol 4",
    source: PROTOCOL,
    needs: ["polling"],
    run: async (probe) => {
      const { open: packet } = await openAuthorized(probe, { transport: "polling" });
      const answer = await open(
        probe,
        `EIO=3&transport=polling&sid=${packet.sid}`,
        await goodToken(probe),
      );
      expectThat(isRefusal(answer), "a status from 400 to 499", describeResponse(answer));
    },
  },
  {
    id: "transports.websocket-only-refuses-polling",
    title: "refuses polling, even with a good token, where there is WebSocket alone",
    source: "https://socket.io/docs/v4/server-options/#transports",
    needs: ["websocket-only"],
    run: async (probe) => {
      const answer = await open(probe, "EIO=4&transport=polling", await goodToken(probe));
      expectThat(isRefusal(answer), "a status from 400 to 499", describeResponse(answer));
    },
  },
  {
    id: "transports.websocket-offers-no-upgrade",
    title: "offers no upgrade to a session that is a WebSocket",
    source: `${PROTOCOL}#upgrade`,
    needs: ["websocket"],
    run: async (probe) => {
      const session = await openAuthorized(probe, { transport: "websocket" });
      expectEqual(session.open.upgrades, [], "upgrades");
    },
  },
  {
    id: "transports.packets-in-one-post",
    title: "reads all packets of one POST, in order",
    source: `${PROTOCOL}#http-long-polling-1`,
    needs: ["polling"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "polling" });
      const path = enginePath(probe, "polling", `sid=${session.open.sid}`);
      const body = ["40/first,", "40/second,"].join(SEPARATOR);
      await sendRequest(probe, { method: "POST", path, body });
      await session.next("44/first,");
      await session.next("44/second,");
    },
  },
];

export const transportCases: Case[] = [...onEach, ...mismatches];

// Whether and when a target judges a token at all: each of these is one fault, which other cases would report a hundred times.
import type { Case } from "../case.ts";
import { openAuthorized, usualTransport } from "../connection.ts";
import { allDoors, type Door, knock, knockWithToken } from "../doors.ts";
import { expectThat } from "../expectation.ts";
import type { Probe } from "../probe.ts";
import { enginePath } from "../raw-engine.ts";
import { describeResponse, sendRequest } from "../raw-http.ts";

const MIDDLEWARE = "https://socket.io/docs/v4/middlewares/";
const NODES = "https://socket.io/docs/v4/using-multiple-nodes/";

const CHECK_IT =
  "Verify the token before a socket connects: in a middleware of the namespace (io.use), or in the handler that may refuse a connection. A check in the event handlers alone lets anybody connect and receive what is sent to all.";
const REFUSE_IT =
  "Refuse before the socket is connected, in a middleware of the namespace: a client that is connected first gets what is sent to all, the server may handle its events, and it learns no reason and connects again and again.";
const CALL_NEXT =
  "Call next(new Error(…)) wherever a middleware refuses a socket: without it the client waits and learns nothing.";
const STICK =
  "Send all requests of a session to the server that opened it (sticky sessions), or offer WebSocket alone.";

const ASKED_TIMES = 6;

function connectDoors({ target }: Probe): Door[] {
  return allDoors(target).filter(({ kind }) => kind === "connect");
}

export const gateCases: Case[] = [
  {
    id: "handshake.token-needed",
    title: "connects no socket without a token",
    source: MIDDLEWARE,
    needs: [],
    remedy: CHECK_IT,
    run: async (probe) => {
      const transport = usualTransport(probe.target);
      const door: Door = { name: "CONNECT", kind: "connect", transport };
      const { isAccepted, answer } = await knock(probe, door, {});
      expectThat(!isAccepted, "no socket", answer);
    },
  },
  {
    id: "handshake.refused-before-connect",
    title: "refuses what is not a token before it connects the socket",
    source: `${MIDDLEWARE}#handling-middleware-error`,
    needs: ["checks-connect"],
    remedy: REFUSE_IT,
    run: async (probe) => {
      for (const door of connectDoors(probe)) {
        const { answer } = await knockWithToken(probe, door, "abc.def.ghi");
        expectThat(!answer.startsWith("40"), "CONNECT_ERROR", answer);
      }
    },
  },
  {
    id: "handshake.refusal-in-words",
    title: "answers a CONNECT that it refuses with CONNECT_ERROR, so that the client learns of it",
    source: `${MIDDLEWARE}#handling-middleware-error`,
    needs: ["checks-namespace"],
    remedy: CALL_NEXT,
    run: async (probe) => {
      for (const door of connectDoors(probe)) {
        const { answer, connectError } = await knockWithToken(probe, door, "abc.def.ghi");
        expectThat(connectError !== undefined, "CONNECT_ERROR", answer);
      }
    },
  },
  {
    id: "transports.polling-same-server",
    title: "knows a session at each of its requests by polling",
    source: NODES,
    needs: ["polling-offered"],
    remedy: STICK,
    run: async (probe) => {
      const first = "a session that the next request did not know, at the first look";
      expectThat(!probe.target.isSplit, "a session that each request knows", first);
      for (let times = 0; times < ASKED_TIMES; times += 1) {
        const { open } = await openAuthorized(probe, { transport: "polling" });
        const path = enginePath(probe, "polling", `sid=${open.sid}`);
        const answer = await sendRequest(probe, { method: "POST", path, body: "40/nowhere," });
        expectThat(answer.status === 200, "200", describeResponse(answer));
      }
    },
  },
];

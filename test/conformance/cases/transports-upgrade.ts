// The upgrade of a session from polling to WebSocket (Engine.IO protocol).
import type { Case } from "../case.ts";
import { connect, openAuthorized, settle } from "../connection.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { enginePath } from "../raw-engine.ts";
import { dialWebSocket } from "../raw-websocket.ts";
import { describeResponse, sendRequest, UPGRADE_HEADERS } from "../raw-http.ts";

const PROTOCOL = "https://socket.io/docs/v4/engine-io-protocol/";

export const upgradeCases: Case[] = [
  {
    id: "transports.upgrade-offered",
    title: "offers the upgrade to a session by polling",
    source: `${PROTOCOL}#upgrade`,
    needs: ["upgrade"],
    run: async (probe) => {
      const session = await openAuthorized(probe, { transport: "polling" });
      expectEqual(session.open.upgrades, ["websocket"], "upgrades");
    },
  },
  {
    id: "transports.upgrade-keeps-socket",
    title: "keeps socket and user through the upgrade",
    source: `${PROTOCOL}#upgrade`,
    needs: ["upgrade", "whoami", "mint", "data-claim"],
    run: async (probe) => {
      const user = probe.newUser();
      const { session } = await connect(probe, { transport: "polling", user });
      const line = await dialWebSocket(probe, { query: `sid=${session.open.sid}` });
      await line.send("2probe");
      await line.next("3probe");
      await line.send("5", '421["whoami"]');
      expectEqual(await line.next("43"), `431${JSON.stringify([user])}`, "answer");
    },
  },
  {
    id: "transports.upgrade-unknown-sid",
    title: "refuses the upgrade of a session that does not exist",
    source: `${PROTOCOL}#upgrade`,
    needs: ["websocket"],
    run: async (probe) => {
      const path = enginePath(probe, "websocket", "sid=unknown");
      const answer = await sendRequest(probe, { path, headers: UPGRADE_HEADERS });
      const isRefused = answer.status === 0 || (answer.status >= 400 && answer.status < 500);
      expectThat(isRefused, "a status from 400 to 499", describeResponse(answer));
    },
  },
  {
    id: "transports.upgrade-twice",
    title: "closes a second WebSocket for a session that has one",
    source: `${PROTOCOL}#upgrade`,
    needs: ["websocket", "one-server"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "websocket" });
      const second = await dialWebSocket(probe, { query: `sid=${session.open.sid}` });
      await second.send("2probe");
      // Engine.IO answers the probe of a session that opened as WebSocket, and then nothing more may come of it.
      await second.send("1");
      await second.ended();
      await settle({ session });
    },
  },
  {
    id: "transports.upgrade-wrong-probe",
    title: "closes a WebSocket that does not begin with a probe, and keeps polling",
    source: `${PROTOCOL}#upgrade`,
    needs: ["upgrade"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "polling" });
      const line = await dialWebSocket(probe, { query: `sid=${session.open.sid}` });
      await line.send("4hello");
      await line.ended();
      await settle({ session });
    },
  },
  {
    id: "transports.upgrade-cut",
    title: "keeps polling when the WebSocket is cut in the middle of the upgrade",
    source: `${PROTOCOL}#upgrade`,
    needs: ["upgrade"],
    run: async (probe) => {
      const { session } = await connect(probe, { transport: "polling" });
      const line = await dialWebSocket(probe, { query: `sid=${session.open.sid}` });
      await line.send("2probe");
      await line.next("3probe");
      line.cut();
      await line.ended();
      await settle({ session });
    },
  },
];

// Fills one cell: this browser makes the attempt itself, the Node client is asked of the server.
import { io } from "socket.io-client";
import { makeAttempt } from "../../../scripts/client/attempt.ts";
import type { Answered, Outcome } from "../../../scripts/model/outcome.ts";
import { makeRequest } from "../../../scripts/client/request.ts";
import type { CellRequest, FilledCell, PreparedCell } from "../../../scripts/model/protocol.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { Channel } from "../shell/channel.ts";
import { createBalance, openOneWebSocket } from "../shell/websocket-balance.ts";

/** @throws CallError */
export async function fillCell(
  channel: Channel,
  client: Client,
  cell: CellRequest,
): Promise<FilledCell> {
  if (client === "node") return channel.call("runNode", cell);
  const prepared = await channel.call("prepare", cell);
  return channel.call("settle", prepared.run, await makePrepared(prepared));
}

const balance = createBalance(openOneWebSocket);

// Attempts go to where this page came from. The sandbox knows itself by another name if the page was opened at localhost or
// through a forwarder, and the policy of the page allows no other origin.
async function makePrepared(prepared: PreparedCell): Promise<Outcome | Answered> {
  const { origin } = location;
  if (prepared.do === "request") return makeRequest({ ...prepared.request, origin });
  const outcome = await makeAttempt(io, { ...prepared.attempt, origin });
  // Not waited for: the outcome is known, and need not come later for the sake of the next one.
  void balance.note(prepared.attempt, outcome);
  return outcome;
}

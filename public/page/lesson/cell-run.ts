// Fills one cell: this browser does the acts itself, the Node client is asked of the server.
import { io } from "socket.io-client";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { CellRequest } from "../../../scripts/model/protocol.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { Channel } from "../shell/channel.ts";
import { createBalance, openOneWebSocket } from "./websocket-balance.ts";

const balance = createBalance(openOneWebSocket);

/** @throws CallError */
export async function fillCell(
  channel: Channel,
  client: Client,
  cell: CellRequest,
): Promise<FilledCell> {
  if (client === "node") return channel.call("runNode", cell);
  const prepared = await channel.call("prepare", cell);
  if ("filled" in prepared) return prepared.filled;
  const { run, task } = prepared;
  const { perform } = await import("../../../scripts/client/perform.ts");
  // At the address that this page came from: the sandbox knows itself by another name if the page was opened at localhost or
  // through a forwarder, and the policy of the page allows no other origin.
  const outcome = await perform(io, location.origin, task);
  // Not waited for: the outcome is known, and need not come later for the sake of the next one.
  void balance.note(task.acts, outcome);
  return channel.call("settle", run, outcome);
}

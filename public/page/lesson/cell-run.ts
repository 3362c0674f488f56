// Fills one cell: this browser does the acts itself, the Node client is asked of the server.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { CellRequest } from "../../../scripts/model/protocol.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { Channel } from "../shell/channel.ts";

/** @throws CallError */
export async function fillCell(
  channel: Channel,
  client: Client,
  cell: CellRequest,
): Promise<FilledCell> {
  if (client === "node") return channel.call("runNode", cell);
  const prepared = await channel.call("prepare", cell);
  if ("filled" in prepared) return prepared.filled;
  const { doActs } = await import("./do-acts.ts");
  return channel.call("settle", prepared.run, await doActs(prepared.task));
}

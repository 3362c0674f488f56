// Fills one cell: this browser makes the attempt itself, the Node client is asked of the server.
import { io } from "socket.io-client";
import { type Answered, makeAttempt, type Outcome } from "../../scripts/lab/attempt/attempt.ts";
import { makeRequest } from "../../scripts/lab/attempt/request.ts";
import type { CellRequest, FilledCell, PreparedCell } from "../../scripts/lab/sandbox/protocol.ts";
import type { Client } from "../../scripts/lab/lesson/lesson.ts";
import type { Channel } from "./channel.ts";
import { createBalance, openOneWebSocket } from "./websocket-balance.ts";

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

async function makePrepared(prepared: PreparedCell): Promise<Outcome | Answered> {
  if (prepared.do === "request") return makeRequest(prepared.request);
  const outcome = await makeAttempt(io, prepared.attempt);
  // Not waited for: the outcome is known, and need not come later for the sake of the next one.
  void balance.note(prepared.attempt, outcome);
  return outcome;
}

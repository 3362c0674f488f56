// Does the acts of an attempt in this browser. Its code comes with the first one.
import { io } from "socket.io-client";
import { perform } from "../../../scripts/client/perform.ts";
import type { ActOutcome, ClientTask } from "../../../scripts/model/acts.ts";
import { createBalance, openOneWebSocket } from "./websocket-balance.ts";

const balance = createBalance(openOneWebSocket);

export async function doActs(task: ClientTask): Promise<ActOutcome[]> {
  // At the address that this page came from: the sandbox knows itself by another name if the page was opened at localhost or
  // through a forwarder, and the policy of the page allows no other origin.
  const outcome = await perform(io, location.origin, task);
  // Not waited for: the outcome is known, and need not come later for the sake of the next one.
  void balance.note(task.acts, outcome);
  return outcome;
}

// Opens a connection. Runs in Node and in a page alike.
import { Connection } from "../connection.ts";
import { expiresAtMs } from "../expiry.ts";
import { type Perform, skipped, tokenFor } from "../scene.ts";

export const connect: Perform<"connect"> = async (act, scene) => {
  const { over } = act;
  const shared = over === undefined ? undefined : scene.connections.get(over);
  if (over !== undefined && !shared?.isConnected) return skipped(`${over} is not connected`);
  const connection = new Connection(scene.io, { ...scene, shared }, act);
  scene.connections.set(act.as, connection);
  const token = tokenFor(act.token, scene);
  const leftMs = expiresAtMs(token) - Date.now();
  const opened = await connection.open(token);
  // A token of seconds should be enough; on a busy machine it may expire meanwhile.
  if (leftMs > 0 && expiresAtMs(token) <= Date.now()) scene.limit.giveUp();
  return opened;
};

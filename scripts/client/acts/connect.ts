// Opens a connection. Runs in Node and in a page alike.
import { Connection } from "../connection.ts";
import { type Perform, skipped, tokenFor } from "../scene.ts";

export const connect: Perform<"connect"> = async (act, scene) => {
  const { over } = act;
  const shared = over === undefined ? undefined : scene.connections.get(over);
  if (over !== undefined && !shared?.isConnected) return skipped(`${over} is not connected`);
  const connection = new Connection(scene.io, { ...scene, shared }, act);
  scene.connections.set(act.as, connection);
  return connection.open(tokenFor(act.token, scene));
};

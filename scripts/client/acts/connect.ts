// Opens a connection. Runs in Node and in a page alike.
import { Connection } from "../connection.ts";
import { type Perform, tokenFor } from "../scene.ts";

export const connect: Perform<"connect"> = (act, scene) => {
  const connection = new Connection(scene.io, scene, act);
  scene.connections.set(act.as, connection);
  return connection.open(tokenFor(act.token, scene));
};

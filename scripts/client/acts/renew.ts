// Ends a connection and opens it again. Runs in Node and in a page alike.
import { leave } from "../leaving.ts";
import { type Perform, skipped, tokenFor } from "../scene.ts";

export const renew: Perform<"renew"> = async ({ as, token }, scene) => {
  const connection = scene.connections.get(as);
  if (connection === undefined) return skipped(`${as} was never opened`);
  // Otherwise the server would count both for a moment.
  await leave(connection);
  return connection.open(token === undefined ? connection.token : tokenFor(token, scene));
};

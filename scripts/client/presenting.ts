// How a token travels to the server. Runs in Node and in a page alike.
import type { GivenAct } from "../model/acts.ts";
import type { Connection, Place } from "./connection.ts";
import { bringCookie } from "./cookie.ts";

/** Has the client send the connection's token when it opens; a further token travels as the first one did. */
export function present(
  connection: Connection,
  { credential, scheme, authOption }: GivenAct<"connect">,
  { own, page, prefix, shared }: Place,
): void {
  if (own !== undefined) return;
  const { token } = connection;
  const place = token === null ? "none" : credential;
  const socket: { auth: unknown } = connection.socket;
  const ask = (give: (auth: object) => void): void => {
    if (authOption === "async function") queueMicrotask(() => give({ token: connection.token }));
    else give({ token: connection.token });
  };
  if (place !== "payload") socket.auth = undefined;
  else if (authOption === undefined) socket.auth = { token };
  else socket.auth ??= authOption === "object" ? { token } : ask;
  // For a session that is open, `io` ignores them.
  if (shared !== undefined) return;
  // The Manager reads its options again each time it opens a connection.
  const { opts } = connection.socket.io;
  opts.extraHeaders = {
    ...(place === "header" && { authorization: `${scheme} ${token}` }),
    ...(place === "cookie" && bringCookie(token, prefix)),
    ...(page !== undefined && { origin: page }),
  };
  opts.query = place === "query" ? { token } : {};
}

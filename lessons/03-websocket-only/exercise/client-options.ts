// The start of an exercise, do not copy it: the page and the program in Node load this file, and pass to
// `io` what it returns. In a page it connects to no server.
import type { ManagerOptions, SocketOptions } from "socket.io-client";

type Options = Partial<ManagerOptions & SocketOptions>;

export function clientOptions(token: string): Options {
  return {
    transports: ["websocket"],
    extraHeaders: { authorization: `bearer ${token}` },
  };
}

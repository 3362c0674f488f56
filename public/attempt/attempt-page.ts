// The page in which a browser makes attempts: it offers one function, and whoever drives the browser calls it.
import { io } from "socket.io-client";
import type { OwnOptions } from "../../scripts/client/connection.ts";
import type { ClientTask } from "../../scripts/model/acts.ts";
import { perform } from "../../scripts/client/perform.ts";

declare global {
  /** In an exercise a person has written it, and it is here before the attempt is made. */
  var clientOptions: ((token: string) => OwnOptions) | undefined;
}

Object.assign(globalThis, {
  perform: (task: ClientTask) => perform(io, location.origin, task, globalThis.clientOptions),
});

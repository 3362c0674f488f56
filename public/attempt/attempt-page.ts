// The page in which a browser makes attempts: it offers one function, and the driver of the browser calls it. In a frame it is
// a page of another origin, and the page around says what to do.
import { io } from "socket.io-client";
import type { OwnOptions } from "../../scripts/client/connection.ts";
import { serveFrame } from "../../scripts/client/elsewhere.ts";
import type { ClientTask } from "../../scripts/model/acts.ts";
import { perform } from "../../scripts/client/perform.ts";

declare global {
  /** In an exercise a person has written it, and it is here before the attempt is made. */
  var clientOptions: ((token: string) => OwnOptions) | undefined;
}

Object.assign(globalThis, {
  perform: (task: ClientTask) => perform(io, location.origin, task, globalThis.clientOptions),
});

if (parent !== window) serveFrame((origin, task) => perform(io, origin, task));

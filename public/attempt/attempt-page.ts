// The page in which a browser makes attempts: it offers one function, and whoever drives the browser calls it.
import { io } from "socket.io-client";
import type { ClientTask } from "../../scripts/model/acts.ts";
import { perform } from "../../scripts/client/perform.ts";

Object.assign(globalThis, { perform: (task: ClientTask) => perform(io, location.origin, task) });

// The page in which a browser makes attempts: it offers two functions, and whoever drives the browser calls them.
import { io } from "socket.io-client";
import type { Attempt } from "../../scripts/model/attempt.ts";
import { makeAttempt } from "../../scripts/client/attempt.ts";
import { makeRequest } from "../../scripts/client/request.ts";

Object.assign(globalThis, {
  makeAttempt: (attempt: Attempt) => makeAttempt(io, attempt),
  makeRequest,
});

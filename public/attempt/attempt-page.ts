// The page in which a browser makes attempts: it offers two functions, and whoever drives the browser calls them.
import { io } from "socket.io-client";
import type { Attempt } from "../../scripts/lab/attempt/attempt.ts";
import { makeAttempt } from "../../scripts/lab/attempt/attempt.ts";
import { makeRequest } from "../../scripts/lab/attempt/request.ts";

Object.assign(globalThis, {
  makeAttempt: (attempt: Attempt) => makeAttempt(io, attempt),
  makeRequest,
});

// Outcomes of acts, for tests of their words.
import type { ActOutcome, OutcomeOf } from "../../scripts/model/acts.ts";

export const CONNECTED: OutcomeOf<"connect"> & { result: "connected" } = {
  do: "connect",
  result: "connected",
  user: { id: 1, username: "john" },
  firstTransport: "polling",
  lastTransport: "websocket",
  durationMs: 12.3,
};
export const NOTE = ["note", { text: "hello" }];
export const NOTED: OutcomeOf<"emit"> & { result: "acknowledged" } = {
  do: "emit",
  result: "acknowledged",
  reply: { connections: 2 },
  received: { "tab 1": [NOTE], "tab 2": [NOTE] },
  durationMs: 2,
};
export const REFUSED: OutcomeOf<"connect"> & { result: "refused" } = {
  do: "connect",
  result: "refused",
  refusedBy: "handshake",
  message: "xhr poll error",
  description: 401,
  status: 401,
  body: { message: "Unauthorized" },
  data: undefined,
  willRetry: true,
  durationMs: 3,
};
export const UNANSWERED: ActOutcome = { do: "connect", result: "unanswered", durationMs: 5000 };
export const ANSWERED: OutcomeOf<"request"> & { result: "answered" } = {
  do: "request",
  result: "answered",
  status: 200,
  challenge: undefined,
  body: { id: 1, username: "john" },
  durationMs: 2,
};
export const SKIPPED: ActOutcome = {
  do: "emit",
  result: "skipped",
  because: "socket is not connected",
  durationMs: 0,
};

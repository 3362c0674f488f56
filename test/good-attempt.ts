// An attempt that every server with a header mode accepts, for tests that are about something else.
import type { ConnectChoice } from "../scripts/lab/lab-choice.ts";

export const GOOD_ATTEMPT: ConnectChoice["attempt"] = {
  transports: ["websocket"],
  tryAllTransports: false,
  credential: "header",
  scheme: "Bearer",
  token: "valid",
  otherTokens: [],
  events: [],
};

// An act that every server with a header mode accepts, for tests that are about something else.
import type { ActOf } from "../../scripts/model/acts.ts";

export const GOOD_ACT: ActOf<"connect"> = {
  do: "connect",
  as: "socket",
  transports: ["websocket"],
  tryAllTransports: false,
  credential: "header",
  scheme: "Bearer",
  token: "valid",
};

/** The demo user's login. */
export const LOGIN: ActOf<"request"> = {
  do: "request",
  method: "POST",
  path: "/login",
  body: { username: "john", password: "changeit" },
  credential: "none",
  scheme: "bearer",
  token: "none",
};

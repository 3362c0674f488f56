// When an attempt is over on the wire.
import { describe, expect, it } from "vitest";
import { isSettled } from "../scripts/lab/wire/trace-settled.ts";
import type { Step } from "../scripts/model/trace.ts";

describe("isSettled", () => {
  const at = { atMs: 0, connection: 1 };
  const request = { ...at, kind: "request", from: "client", packets: [] } as unknown as Step;
  const response = (engine?: string): Step =>
    ({
      ...at,
      kind: "response",
      from: "server",
      status: 200,
      packets: engine ? [{ engine }] : [],
    }) as unknown as Step;
  const closed: Step = { ...at, kind: "closed", from: "client", isCut: false };

  it.each([
    ["nothing has come yet", [], "idle", true],
    ["a request waits", [request], "idle", false],
    ["it was answered", [request, response()], "idle", true],
    ["it was answered, and the connection is kept", [request, response()], "closed", false],
    ["the connection is closed", [request, response(), closed], "closed", true],
    ["it is, and its session goes on", [request, response("open"), closed], "closed", false],
    ["a session is open", [request, response("open")], "idle", false],
    ["a session was closed", [request, response("open"), request, response("close")], "idle", true],
  ] as const)("when %s", (_title, steps, how, expected) => {
    expect(isSettled(steps, how)).toBe(expected);
  });
});

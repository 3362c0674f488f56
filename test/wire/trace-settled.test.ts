// When an attempt is over on the wire.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isSettled, waitUntilSettled } from "../../scripts/lab/wire/trace-settled.ts";
import type { Step } from "../../scripts/model/trace.ts";
import type { RawConnection } from "../helpers/raw-connection.ts";
import { ANSWER, closeRawSite, openRawSite, type RawSite } from "./raw-site.ts";

describe("isSettled", () => {
  const at = { atMs: 0, connection: 1 };
  const request = (id = 1): Step =>
    ({ ...at, id, kind: "request", from: "client", packets: [] }) as unknown as Step;
  const response = (engine?: string, answers = 1, status = 200): Step =>
    ({
      ...at,
      id: 9,
      kind: "response",
      from: "server",
      answers,
      status,
      packets: engine ? [{ engine }] : [],
    }) as unknown as Step;
  const closed: Step = { ...at, id: 10, kind: "closed", from: "client", isCut: false };

  it.each([
    ["nothing has come yet", [], "idle", true],
    ["a request waits", [request()], "idle", false],
    ["it was answered", [request(), response()], "idle", true],
    [
      "it was told to go on, and not answered yet",
      [request(), response(undefined, 1, 100)],
      "idle",
      false,
    ],
    ["another was answered", [request(), request(2), response(undefined, 2)], "idle", false],
    ["it was answered, and the connection is kept", [request(), response()], "closed", false],
    ["the connection is closed", [request(), response(), closed], "closed", true],
    ["it is, and its session goes on", [request(), response("open"), closed], "closed", false],
    ["a session is open", [request(), response("open")], "idle", false],
    [
      "a session was closed",
      [request(), response("open"), request(2), response("close", 2)],
      "idle",
      true,
    ],
  ] as const)("when %s", (_title, steps, how, expected) => {
    expect(isSettled(steps, how)).toBe(expected);
  });
});

describe("waitUntilSettled", () => {
  let site: RawSite;
  beforeEach(async () => {
    site = await openRawSite();
  });
  afterEach(() => closeRawSite(site));

  async function ask(): Promise<RawConnection> {
    const { server, client, attempt } = site;
    const link = server.next();
    await client.send(`GET ${attempt.prefix}/ HTTP/1.1\r\n\r\n`);
    const arrived = await link;
    await arrived.until("\r\n\r\n");
    return arrived;
  }

  it("ends with the answer, and a minute before the time", async () => {
    const arrived = await ask();
    const settled = waitUntilSettled(site.attempt, "idle", 60_000);
    await arrived.send(ANSWER);
    expect(await settled).toBe(true);
  });

  it("ends with the time where no answer comes", async () => {
    await ask();
    expect(await waitUntilSettled(site.attempt, "idle", 20)).toBe(false);
  });
});

// Waiting, done by both clients on a real server: for an event, for the disconnect, until the token has expired.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signToken } from "../../scripts/lab/named-tokens.ts";
import {
  connect,
  emit,
  note,
  openServerForActs,
  results,
  type ServerForActs,
  waitFor,
} from "../helpers/acts-on-server.ts";

let server: ServerForActs;
const run: ServerForActs["run"] = (...args) => server.run(...args);
beforeAll(async () => {
  server = await openServerForActs();
});
afterAll(() => server.close());

describe.each(["node", "browser"] as const)("%s", (client) => {
  describe("wait", () => {
    it("for an event takes the next one that nobody has waited for, come or still to come", async () => {
      const outcome = await run(client, [
        connect("tab 1"),
        connect("tab 2"),
        emit("tab 1", "sendNote", 1, "first"),
        emit("tab 1", "sendNote", 1, "second"),
        emit("tab 2", "later", 60),
        waitFor({ event: "note" }, "tab 2"),
        waitFor({ event: "news" }, "tab 2"),
        waitFor({ event: "note" }, "tab 2"),
      ]);
      expect(outcome.slice(-3)).toMatchObject([
        { do: "wait", as: "tab 2", result: "received", args: [note("first")] },
        { result: "received", args: [60] },
        { result: "received", args: [note("second")] },
      ]);
    });

    it("for an event ends with the connection, and with the time of the attempt", async () => {
      const ended = [connect(), emit("socket", "end"), waitFor({ event: "news" })];
      expect((await run(client, ended)).at(-1)).toMatchObject({
        result: "lost",
        reason: "io server disconnect",
      });
      const never = [connect(), waitFor({ event: "news" }), connect("another")];
      const outcome = await run(client, never, { timeoutMs: 2_000 });
      expect(results(outcome)).toEqual(["connected", "unanswered", "unanswered"]);
      // With a time of its own it would have waited for all of that.
      expect(outcome.at(-1)).toMatchObject({ durationMs: expect.toSatisfy((ms) => ms < 2_000) });
    });

    it.each([
      ["end", "io server disconnect", false],
      ["cut", "transport close", true],
    ])(
      "for the disconnect tells why, and whether the client tries again: %s",
      async (event, reason, willRetry) => {
        const first = connect("socket", { transports: ["websocket"], credential: "payload" });
        const acts = [first, emit("socket", event), waitFor("disconnect")];
        const outcome = await run(client, acts, { auth: "payload" });
        expect(outcome.at(-1)).toMatchObject({ result: "disconnected", reason, willRetry });
      },
    );

    it("until it is connected again, which is not before its connection was lost", async () => {
      const first = connect("socket", {
        transports: ["websocket"],
        credential: "payload",
        afterRefusal: "go on",
      });
      const acts = [first, emit("socket", "cutLater", 200), waitFor("connect"), waitFor("connect")];
      const outcome = await run(client, acts, { auth: "payload", timeoutMs: 2_000 });
      expect(outcome.slice(2)).toMatchObject([
        {
          result: "reconnected",
          user: { username: "john" },
          durationMs: expect.toSatisfy((ms) => ms > 150),
        },
        { result: "unanswered" },
      ]);
    });

    it("until the token has expired: the socket is ended, and its next handshake is refused", async () => {
      // The server runs before the token's few seconds begin.
      await run(client, [connect()]);
      const { secret, issuer, audience } = server.lab.tokenMaker();
      const now = Math.floor(Date.now() / 1000);
      const claims = { data: { id: 1, username: "john" }, iss: issuer, aud: audience, iat: now };
      const text = signToken({ alg: "HS256", typ: "JWT" }, { ...claims, exp: now + 3 }, secret);
      const outcome = await run(client, [
        connect("socket", { token: { text } }),
        waitFor("expiry"),
        waitFor("disconnect"),
        { do: "renew", as: "socket" },
        { do: "renew", as: "socket", token: "valid" },
      ]);
      expect(Date.now() / 1000).toBeGreaterThanOrEqual(now + 3);
      expect(outcome).toMatchObject([
        { result: "connected" },
        { result: "expired" },
        { result: "disconnected", reason: "io server disconnect", expiredMs: expect.any(Number) },
        { do: "renew", result: "refused", status: 401 },
        { do: "renew", result: "connected", user: { username: "john" } },
      ]);
    });

    it("for the expiry of a token that has none is skipped", async () => {
      const acts = [connect("socket", { token: "garbage" }), waitFor("expiry")];
      const because = "socket presented no token with an expiry";
      expect((await run(client, acts))[1]).toMatchObject({ result: "skipped", because });
    });
  });
});

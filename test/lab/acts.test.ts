// Each kind of act, done by both clients on a real server: its outcome, and that the acts before it are really over.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Act } from "../../scripts/model/acts.ts";
import type { Transport } from "../../scripts/model/vocabulary.ts";
import {
  connect,
  emit,
  note,
  openServerForActs,
  refresh,
  results,
  type ServerForActs,
  waitFor,
} from "../helpers/acts-on-server.ts";
import { LOGIN } from "../helpers/good-act.ts";

let server: ServerForActs;
const run: ServerForActs["run"] = (...args) => server.run(...args);
beforeAll(async () => {
  server = await openServerForActs();
});
afterAll(() => server.close());

describe.each(["node", "browser"] as const)("%s", (client) => {
  describe("log in", () => {
    it("gives a token that a later act presents", async () => {
      const token = { answered: "token" };
      const outcome = await run(client, [LOGIN, connect("socket", { token })]);
      expect(outcome).toMatchObject([
        { do: "request", result: "answered", status: 200 },
        { do: "connect", as: "socket", result: "connected", user: { username: "john" } },
      ]);
    });

    it("gives none where it was refused: then none is presented", async () => {
      const body = { username: "john", password: "guess" };
      const token = { answered: "token" };
      const outcome = await run(client, [{ ...LOGIN, body }, connect("socket", { token })]);
      expect(outcome).toMatchObject([{ status: 401 }, { result: "refused", status: 401 }]);
    });
  });

  describe("emit", () => {
    it("tells what every connection received until the answer came, and nothing of before", async () => {
      const outcome = await run(client, [
        connect("tab 1"),
        connect("tab 2"),
        connect("jane", { token: "other-user" }),
        emit("tab 2", "sendNote", 1, "one"),
        emit("tab 2", "sendNote", 2, "two"),
      ]);
      expect(outcome.slice(3)).toMatchObject([
        {
          result: "acknowledged",
          reply: { connections: 2 },
          received: {
            "tab 1": [["note", note("one")]],
            "tab 2": [["note", note("one")]],
            jane: [],
          },
        },
        { received: { "tab 1": [], "tab 2": [], jane: [["note", note("two")]] } },
      ]);
    });

    it("tells also what was sent after the answer", async () => {
      const acts = [connect("tab 1"), connect("tab 2"), emit("tab 2", "tellAll")];
      const news = [["news", "for all"]];
      expect((await run(client, acts)).at(-1)).toMatchObject({
        reply: "told",
        received: { "tab 1": news, "tab 2": news },
      });
    });

    it("is lost where the server ends the connection instead of an answer", async () => {
      const outcome = await run(client, [
        connect(),
        emit("socket", "end"),
        emit("socket", "whoami"),
      ]);
      expect(outcome.slice(1)).toMatchObject([
        { result: "lost", reason: "io server disconnect", willRetry: false },
        { result: "skipped", because: "socket is not connected" },
      ]);
    });
  });

  describe("renew", () => {
    it.each(["passport", "payload"] as const)(
      "keeps the token unless it is given another, in the place of the first one: %s",
      async (auth) => {
        const credential = auth === "payload" ? "payload" : "header";
        const acts: Act[] = [
          connect("socket", { credential }),
          { do: "renew", as: "socket" },
          { do: "renew", as: "socket", token: "other-user" },
          { do: "renew", as: "socket", token: "expired" },
          { do: "renew", as: "socket", token: "none" },
          { do: "renew", as: "socket", token: "other-user" },
          emit("socket", "listConnected"),
        ];
        const outcome = await run(client, acts, { auth });
        const jane = { id: 2, username: "jane" };
        expect(outcome).toMatchObject([
          { result: "connected", user: { username: "john" } },
          { result: "connected", user: { username: "john" } },
          { result: "connected", user: jane },
          { result: "refused" },
          { result: "refused" },
          { result: "connected", user: jane },
          // Nothing is left of the connections of before.
          { reply: { users: [jane] } },
        ]);
      },
      10_000,
    );

    it("does not wait for the client's own retry where the connection was cut", async () => {
      const credential = "payload";
      const outcome = await run(
        client,
        [connect("socket", { credential }), emit("socket", "cut"), { do: "renew", as: "socket" }],
        { auth: "payload" },
      );
      const transports = { firstTransport: "polling", lastTransport: "websocket" };
      expect(outcome.at(-1)).toMatchObject({ result: "connected", ...transports });
    });
  });

  describe("refresh", () => {
    const settings = { REFRESH_LIFETIME_SECONDS: "60" };

    it("shows the last refresh token or the first, and gives a token that a later act presents", async () => {
      const token = { answered: "token" };
      const acts = [LOGIN, refresh(), refresh(), connect("socket", { token })];
      const again = [refresh({ with: "first" }), refresh()];
      const outcome = await run(client, [...acts, ...again], { settings });
      expect(outcome.slice(1)).toMatchObject([
        { do: "refresh", result: "answered", status: 200, statuses: [200] },
        { statuses: [200] },
        { result: "connected", user: { username: "john" } },
        { statuses: [401], body: { message: "Unauthorized" } },
        { statuses: [401] },
      ]);
    });

    it("shows the same one twice at once: one request wins", async () => {
      const outcome = await run(client, [LOGIN, refresh({ twice: true })], { settings });
      expect(outcome[1]).toMatchObject({ status: 401, statuses: [200, 401] });
    });

    it("is skipped where no answer had one", async () => {
      const outcome = await run(client, [LOGIN, refresh()]);
      expect(outcome[1]).toMatchObject({ result: "skipped" });
    });
  });

  describe("disconnect, where the network goes away", () => {
    it("leaves the client away until it is opened again; from then on it retries", async () => {
      const outcome = await run(client, [
        connect("socket", { afterRefusal: "go on" }),
        { do: "disconnect", as: "socket", dropped: true },
        emit("socket", "whoami"),
        { do: "renew", as: "socket", token: "expired" },
        { do: "renew", as: "socket", token: "valid" },
      ]);
      expect(outcome.slice(1)).toMatchObject([
        { result: "disconnected", reason: "forced close", willRetry: false },
        { result: "skipped", because: "socket is not connected" },
        { result: "refused", tried: 4, willRetry: true },
        { result: "connected", user: { username: "john" } },
      ]);
    });
  });

  describe("disconnect", () => {
    it.each([["polling"], ["websocket"]] as [Transport][])(
      "is over when the server knows of it: %s",
      async (transport) => {
        const transports = [transport];
        const jane = { transports, credential: "payload", token: "other-user" } as const;
        const again = Array.from({ length: 5 }, (): Act[] => [
          { do: "renew", as: "jane" },
          { do: "disconnect", as: "jane" },
          emit("john", "isConnected", 2),
        ]).flat();
        const john = connect("john", { transports: ["websocket"], credential: "payload" });
        const acts: Act[] = [john, connect("jane", jane), emit("john", "isConnected", 2), ...again];
        const outcome = await run(client, acts, { auth: "payload" });
        const replies = outcome.flatMap((told) =>
          told.result === "acknowledged" ? [told.reply] : [],
        );
        const [first, ...others] = replies as { isConnected: boolean }[];
        expect(first).toEqual({ isConnected: true });
        expect(others).toEqual(Array.from({ length: 5 }, () => ({ isConnected: false })));
        expect(outcome[4]).toMatchObject({ do: "disconnect", reason: "io client disconnect" });
      },
      10_000,
    );

    it("and nothing more is done with what is not connected", async () => {
      const acts: Act[] = [
        connect("socket", { token: "expired" }),
        { do: "disconnect", as: "socket" },
        waitFor("disconnect"),
      ];
      expect(results(await run(client, acts))).toEqual(["refused", "skipped", "skipped"]);
    });
  });
});

// Each kind of act, done by both clients on a real server: what comes of it, and that the acts before it are really over.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "../scripts/lab/lab.ts";
import { signToken } from "../scripts/lab/named-tokens.ts";
import { folderOf } from "../scripts/lab/servers/variants.ts";
import type { Act, ActOf, Outcome } from "../scripts/model/acts.ts";
import type { AuthMode, Client, Transport } from "../scripts/model/vocabulary.ts";
import { type ExerciseFolders, exerciseFolders } from "./exercise-folder.ts";
import { GOOD_ACT, LOGIN } from "./good-act.ts";

/** What the variant itself never does: it ends sockets, and sends something by itself. */
const MORE_EVENTS = `
  socket.on("end", () => socket.disconnect(true));
  socket.on("cut", () => socket.conn.close());
  socket.on("tellAll", (answer) => { answer("told"); io.emit("news", "for all"); });
  socket.on("later", (ms) => setTimeout(() => socket.emit("news", ms), ms));
`;

let lab: Lab;
let exercises: ExerciseFolders;
let overlayFolder: string;
beforeAll(async () => {
  lab = await openLab({ usesPerPage: 5, startsAhead: false });
  exercises = await exerciseFolders();
  const rooms = await readFile(path.join(folderOf("cjs"), "user-rooms.cjs"), "utf8");
  const more = rooms.replace('socket.on("whoami"', `${MORE_EVENTS}socket.on("whoami"`);
  overlayFolder = await exercises.write("more-events", { "user-rooms.cjs": more });
});
afterAll(() => Promise.all([lab.close(), exercises.removeAll()]));

async function run(
  client: Client,
  acts: Act[],
  { auth = "passport", timeoutMs = 5_000 }: { auth?: AuthMode; timeoutMs?: number } = {},
): Promise<Outcome> {
  const transports: Transport[] = ["polling", "websocket"];
  const server = { variant: "cjs", auth, serverTransports: transports, overlayFolder } as const;
  return (await lab.run({ ...server, isAlone: true, acts, timeoutMs }, client)).outcome;
}

function connect(as = "socket", change: Partial<ActOf<"connect">> = {}): ActOf<"connect"> {
  return { ...GOOD_ACT, transports: ["polling", "websocket"], as, ...change };
}
function emit(as: string, event: string, ...args: unknown[]): Act {
  return { do: "emit", as, event, args };
}
function waitFor(awaited: ActOf<"wait">["for"], as = "socket"): Act {
  return { do: "wait", as, for: awaited };
}
const note = (text: string): unknown => ({ from: { id: 1, username: "john" }, text });
const results = (outcome: Outcome): string[] => outcome.map(({ result }) => result);

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
    }, 10_000);

    it("for an event ends with the connection, and with the time of the attempt", async () => {
      const ended = [connect(), emit("socket", "end"), waitFor({ event: "news" })];
      expect((await run(client, ended)).at(-1)).toMatchObject({
        result: "lost",
        reason: "io server disconnect",
      });
      const startedAt = performance.now();
      const never = [connect(), waitFor({ event: "news" }), connect("another")];
      const outcome = await run(client, never, { timeoutMs: 600 });
      expect(results(outcome)).toEqual(["connected", "unanswered", "unanswered"]);
      expect(performance.now() - startedAt).toBeLessThan(4_000);
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

    it("until the token has expired: the socket goes on, and its next handshake is refused", async () => {
      // The server runs before the token's few seconds begin.
      await run(client, [connect()]);
      const { secret, issuer, audience } = lab.tokenMaker();
      const now = Math.floor(Date.now() / 1000);
      const claims = { data: { id: 1, username: "john" }, iss: issuer, aud: audience, iat: now };
      const text = signToken({ alg: "HS256", typ: "JWT" }, { ...claims, exp: now + 3 }, secret);
      const outcome = await run(client, [
        connect("socket", { token: { text } }),
        waitFor("expiry"),
        emit("socket", "whoami"),
        { do: "renew", as: "socket" },
        { do: "renew", as: "socket", token: "valid" },
      ]);
      expect(Date.now() / 1000).toBeGreaterThanOrEqual(now + 3);
      expect(outcome).toMatchObject([
        { result: "connected" },
        { result: "expired" },
        { result: "acknowledged", reply: { username: "john" } },
        { do: "renew", result: "refused", status: 401 },
        { do: "renew", result: "connected", user: { username: "john" } },
      ]);
    }, 15_000);

    it("for the expiry of a token that has none is skipped", async () => {
      const acts = [connect("socket", { token: "garbage" }), waitFor("expiry")];
      const because = "socket presented no token with an expiry";
      expect((await run(client, acts))[1]).toMatchObject({ result: "skipped", because });
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

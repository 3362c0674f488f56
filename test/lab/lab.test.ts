// The lab makes attempts at every variant with both clients, and reports a server that ended.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../scripts/client/perform.ts";
import { attemptPage } from "../../scripts/lab/browser/attempt-page.ts";
import { type Lab, type LabOptions, openLab } from "../../scripts/lab/lab.ts";
import type { Act } from "../../scripts/model/acts.ts";
import { createOwnServer } from "../../scripts/lab/own-server.ts";
import { describeCrash } from "../../scripts/lab/servers/crash.ts";
import type { ServerChoice } from "../../scripts/lab/servers/pool.ts";
import { folderOf } from "../../scripts/lab/servers/variants.ts";
import { AUTH_MODES, VARIANTS } from "../../scripts/model/vocabulary.ts";
import { type ExerciseFolders, exerciseFolders } from "../helpers/exercise-folder.ts";
import { GOOD_ACT, LOGIN } from "../helpers/good-act.ts";

const SERVER: ServerChoice = {
  variant: "cjs",
  auth: "passport",
  serverTransports: ["polling", "websocket"],
};
const CHOICE = { ...SERVER, acts: [GOOD_ACT] };

let exercises: ExerciseFolders;
beforeAll(async () => {
  exercises = await exerciseFolders();
});
afterAll(() => exercises.removeAll());

describe("a lab", () => {
  let lab: Lab;
  const crashes: string[] = [];
  let onLine: LabOptions["onLine"];
  beforeAll(async () => {
    lab = await openLab({
      first: SERVER,
      onCrash: (crash) => crashes.push(describeCrash(crash)),
      onLine: (...told) => onLine?.(...told),
    });
  });
  afterAll(() => lab.close());

  // Each format and each mode once.
  it.each(VARIANTS.map((variant, at) => [variant, AUTH_MODES[at]!] as const))(
    "%s, %s: a good token connects, on both clients",
    async (variant, auth) => {
      const credential = auth === "payload" ? "payload" : "header";
      const acts: Act[] = [{ ...GOOD_ACT, transports: ["polling"], credential }];
      for (const client of ["node", "browser"] as const) {
        const { outcome, trace } = await lab.run({ ...SERVER, variant, auth, acts }, client);
        expect(outcome).toMatchObject([{ result: "connected", user: { username: "john" } }]);
        expect(trace.steps.filter(({ kind }) => kind === "check")).toHaveLength(1);
      }
    },
  );

  it("keeps twelve attempts apart that are made at once", async () => {
    const tokens = ["valid", "other-user", "expired"] as const;
    const seen = await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        const token = tokens[index % 3]!;
        const client = index % 2 === 0 ? "node" : "browser";
        const acts: Act[] = [{ ...GOOD_ACT, transports: ["polling"], token }];
        return lab.run({ ...SERVER, acts }, client);
      }),
    );
    const users = seen.map(({ outcome: [told] }) =>
      told?.result === "connected" ? told.user?.username : told?.result,
    );
    expect(users).toEqual(Array.from({ length: 4 }, () => ["john", "jane", "refused"]).flat());
    for (const { trace } of seen)
      expect(trace.steps.filter(({ kind }) => kind === "check")).toHaveLength(1);
  });

  // The system gives one port to connections to several servers: here, one server says what another's log would say then.
  it("draws a check into the trace of the server that reported it, even if another server has the same port", async () => {
    const original = await readFile(path.join(folderOf("cjs"), "server.cjs"), "utf8");
    const claiming = original.replace(
      'io.on("connection", (socket) => {',
      '$&\nsocket.on("claim", (line, reply) => { console.log(line); reply(); });',
    );
    const overlayFolder = await exercises.write("claiming", { "server.cjs": claiming });
    let claim = "";
    const sources: (string | undefined)[] = [];
    const source = { title: "this attempt", address: "/" };
    const isClaimed = new Promise<void>((resolve) => {
      onLine = (line, choice, of) => {
        if (line !== claim) sources.push(of?.title);
        if (choice.overlayFolder === undefined) claim = line;
        else if (line === claim) resolve();
      };
    });
    const { trace } = await lab.run({ ...CHOICE, source }, async (task) => {
      const outcome = await perform(io, lab.origin, task);
      const emit: Act = { do: "emit", as: "socket", event: "claim", args: [claim] };
      await lab.run({ ...SERVER, acts: [GOOD_ACT, emit], overlayFolder }, "node");
      await isClaimed;
      return outcome;
    });
    // The line of this server, and then that of the other, whose attempt has no source.
    expect(sources).toEqual(["this attempt", undefined]);
    expect(claim).toContain("GET websocket handshake");
    expect(trace.steps.filter(({ kind }) => kind === "check")).toHaveLength(1);
  });

  it.each(["node", "browser"] as const)("makes requests at once by %s", async (client) => {
    const self: Act = {
      ...LOGIN,
      method: "GET",
      path: "/self",
      credential: "header",
      token: "valid",
    };
    delete self.body;
    const { outcome, trace } = await lab.run({ ...SERVER, acts: [{ ...self, atOnce: 3 }] }, client);
    expect(outcome).toMatchObject([{ do: "request", status: 200, body: { username: "john" } }]);
    expect(trace.steps.filter(({ kind }) => kind === "response")).toHaveLength(3);
    expect(new Set(trace.steps.map(({ connection }) => connection)).size).toBeGreaterThan(1);

    // Each login has a token of its own.
    const unlike = lab.run({ ...SERVER, acts: [{ ...LOGIN, atOnce: 2 }] }, client);
    await expect(unlike).rejects.toThrow("2 requests at once, POST /login, got unlike answers.");
  });

  it.each(["node", "browser"] as const)("makes plain requests by %s", async (client) => {
    const self: Act = { ...LOGIN, method: "GET", path: "/self", credential: "header" };
    delete self.body;
    const good = await lab.run({ ...SERVER, acts: [{ ...self, token: "valid" }] }, client);
    const john = { id: 1, username: "john" };
    expect(good.outcome).toMatchObject([{ do: "request", status: 200, body: john }]);
    expect(good.trace.steps.map(({ kind }) => kind)).toEqual([
      "request",
      "check",
      "response",
      "closed",
    ]);

    const token = { text: "no.such.token" };
    const bad = await lab.run({ ...SERVER, acts: [{ ...self, token }] }, client);
    const challenge = 'Bearer realm="users", error="invalid_token"';
    expect(bad.outcome).toMatchObject([{ status: 401, challenge }]);
    const check = bad.trace.steps.find(({ kind }) => kind === "check");
    expect(check).toMatchObject({ what: "GET /self", reason: "invalid token" });

    const body = { username: "john", password: "wrong" };
    const login = await lab.run({ ...SERVER, acts: [{ ...LOGIN, body }] }, client);
    const message = "Wrong username or password";
    expect(login.outcome).toMatchObject([{ status: 401, body: { message } }]);
    expect(login.trace.steps[0]).toMatchObject({ method: "POST", target: "/login" });
  });

  it("runs an exercise, and what it was changed to at the next attempt", async () => {
    const original = await readFile(path.join(folderOf("cjs"), "user-rooms.cjs"), "utf8");
    const renamed = original.replace('socket.on("whoami"', 'socket.on("whois"');
    const overlayFolder = await exercises.write("edited", { "user-rooms.cjs": renamed });
    const first = await lab.run({ ...CHOICE, overlayFolder }, "node");
    expect(first.outcome).toMatchObject([{ result: "connected", user: undefined }]);

    await exercises.write("edited", { "user-rooms.cjs": original });
    const second = await lab.run({ ...CHOICE, overlayFolder }, "node");
    expect(second.outcome).toMatchObject([{ user: { username: "john" } }]);
  });

  it("tells of a server that crashes, and starts it again", async () => {
    const original = await readFile(path.join(folderOf("cjs"), "user-rooms.cjs"), "utf8");
    const crashing = original.replace("answer(args, user)", "nothing()");
    const overlayFolder = await exercises.write("crashing", { "user-rooms.cjs": crashing });
    for (const times of [1, 2]) {
      const { outcome } = await lab.run({ ...CHOICE, overlayFolder }, "node");
      expect(outcome).toMatchObject([{ result: "connected", user: undefined }]);
      await expect.poll(() => crashes).toHaveLength(times);
    }
    expect(crashes[0]).toMatch(/^The cjs variant \(passport\) ended \(1\)\. It printed:\n/);
    expect(crashes[0]).toContain("ReferenceError: nothing is not defined");
  });

  it.each([
    ['throw new Error("typo");', "The cjs variant ended (1) before it listened.", /Error: typo/],
    ["process.exit(3);", "The cjs variant ended (3) before it listened.", /^$/],
  ])("has an outcome for a server that cannot start: %s", async (code, sentence, printed) => {
    const overlayFolder = await exercises.write("broken", { "server.cjs": code });
    const acts: Act[] = [GOOD_ACT, { do: "emit", as: "socket", event: "whoami", args: [] }];
    const { outcome, trace } = await lab.run({ ...SERVER, acts, overlayFolder }, "node");
    const because = "the server did not start";
    expect(outcome).toMatchObject([
      { do: "connect", as: "socket", result: "not started", sentence },
      { do: "emit", as: "socket", result: "skipped", because },
    ]);
    const [first] = outcome;
    const lines = first?.result === "not started" ? first.printed : ["nothing was told"];
    expect(lines.join("\n")).toMatch(printed);
    expect(trace.steps).toEqual([]);
  });

  it("says which error it is when its port is in use", async () => {
    const port = Number(new URL(lab.origin).port);
    await expect(openLab({ port, first: SERVER })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("a lab with a server of the caller's own", () => {
  it("answers its requests at the same port", async () => {
    const ownServer = createOwnServer((_request, response) => response.end("mine"));
    const lab = await openLab({ ownServer });
    expect(await (await fetch(`${lab.origin}/anything`)).text()).toBe("mine");
    expect(await (await fetch(`${lab.origin}/attempt.html`)).text()).toBe(await attemptPage());
    await lab.close();
    await expect(fetch(lab.origin)).rejects.toThrow("fetch failed");
  });
});

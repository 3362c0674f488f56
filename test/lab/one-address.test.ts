// Several servers at one address: that they know of each other before anybody uses them, and what is left after one was killed.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { openRelay } from "../../scripts/lab/servers/relay.ts";
import type { Act } from "../../scripts/model/acts.ts";
import { GOOD_ACT, LOGIN } from "../helpers/good-act.ts";

const say = (child: ChildProcess, text: string): boolean => child.send({ say: text });

describe("a relay", () => {
  const children: ChildProcess[] = [];
  afterAll(() => children.forEach((child) => child.kill()));

  /** A process that says to the others what its parent wants it to say, and prints what the others say. */
  async function startChild(): Promise<ChildProcess> {
    const program = `
      process.on("message", ({ say, text }) =>
        say ? process.send({ source: "_sio_adapter", text: say }) : console.log(text));
      process.send("ready");`;
    const child = spawn(process.execPath, ["-e", program], {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    children.push(child);
    await once(child, "message");
    return child;
  }

  it("has servers that have met once each has heard of each other since it listens", async () => {
    const relay = openRelay();
    const [first, second] = await Promise.all([startChild(), startChild()]);
    let hasMet = false;
    relay.join(first);
    relay.join(second);
    const met = relay.met().then(() => (hasMet = true));
    // The second one has not spoken: nobody knows whether it hears.
    say(first, "too early");
    expect(String(await once(second.stdout!, "data"))).toBe("too early\n");
    say(second, "hello");
    expect(String(await once(first.stdout!, "data"))).toBe("hello\n");
    expect(hasMet).toBe(false);
    say(first, "hello back");
    await met;
    const third = await startChild();
    relay.join(third);
    const meetAgain = relay.met();
    // One that is gone is not waited for.
    third.disconnect();
    await meetAgain;
  });
});

describe("a lab with several servers", () => {
  let lab: Lab;
  const crashes: unknown[] = [];
  const pids: number[] = [];
  beforeAll(async () => {
    lab = await openLab({
      onCrash: (crash) => crashes.push(crash),
      onListening: (_, pid) => pids.push(pid),
    });
  });
  afterAll(() => lab.close());

  const connect = { ...GOOD_ACT, credential: "payload" } as const;
  const john: Act = { ...connect, as: "john" };
  const jane: Act = { ...connect, as: "jane", token: "other-user" };
  const token = { answered: "token" };
  const logOut: Act = { ...LOGIN, path: "/logout", body: {}, credential: "header", token };
  const ask: Act = { do: "emit", as: "jane", event: "isConnected", args: [1] };
  const run = (...acts: Act[]) =>
    lab.run(
      {
        variant: "cjs",
        auth: "payload",
        serverTransports: ["polling", "websocket"],
        settings: { ADAPTER: "cluster" },
        servers: 2,
        isAlone: true,
        acts,
      },
      "node",
    );

  it("answers for all of them at once, also after one was killed", async () => {
    const before = await run(john, jane, ask);
    expect(before.outcome.at(-1)).toMatchObject({ reply: { isConnected: true } });
    expect([...new Set(before.trace.steps.map(({ server }) => server))]).toEqual([1, 2]);
    const killed = await run(
      john,
      { do: "kill", server: 1 },
      { do: "wait", as: "john", for: "connect" },
    );
    expect(killed.outcome.slice(1)).toMatchObject([
      { result: "killed" },
      { result: "reconnected", user: { username: "john" } },
    ]);
    expect(killed.trace.steps.at(-1)?.server).toBe(2);
    const after = await run(john, jane, ask);
    expect(after.outcome.at(-1)).toMatchObject({ reply: { isConnected: true } });
    expect(crashes).toEqual([]);
  });

  it("starts again after a session that was cut off: a server may still know its user as connected", async () => {
    const choice = {
      variant: "cjs",
      auth: "payload",
      serverTransports: ["polling"],
      servers: 3,
      isAlone: true,
    } as const;
    pids.length = 0;
    const { attempts } = await readLesson(14);
    const { acts } = attempts.find(({ id }) => id === "sticky-connection")!;
    const { outcome } = await lab.run({ ...choice, sticky: "connection", acts }, "browser");
    expect(outcome[1]).toMatchObject({ result: "refused", refusedBy: "session" });
    expect(pids).toHaveLength(3);
    await lab.run({ ...choice, acts: [LOGIN] }, "node");
    expect(new Set(pids).size).toBe(6);
  });

  it("logs out on all of them: the other one ends its socket, and refuses the token", async () => {
    const { outcome, trace } = await run(
      LOGIN,
      { ...john, token },
      logOut,
      { do: "wait", as: "john", for: "disconnect" },
      { do: "renew", as: "john" },
    );
    expect(outcome.slice(1)).toMatchObject([
      { result: "connected", user: { username: "john" } },
      { status: 204 },
      { result: "disconnected", reason: "io server disconnect" },
      { result: "refused", data: { error: "invalid_token" } },
    ]);
    const requests = trace.steps.filter(({ kind }) => kind === "request");
    expect(requests.map(({ server }) => server)).toEqual([1, 2, 1, 2]);
  });

  it("logs out where it can, and says that a server has not answered", async () => {
    const { outcome } = await run(LOGIN, { ...john, token }, { do: "kill", server: 1 }, logOut, {
      do: "wait",
      as: "john",
      for: "disconnect",
    });
    expect(outcome.slice(3)).toMatchObject([
      { status: 503, body: { message: "Not every server has answered." } },
      { result: "disconnected", reason: "io server disconnect" },
    ]);
  });

  it("says so where there is no such server to kill", async () => {
    const { outcome } = await run({ do: "kill", server: 3 });
    expect(outcome).toMatchObject([{ result: "unanswered" }]);
  });
});

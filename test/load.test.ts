// A machine that has too much to do is said to be busy, and nothing is blamed on what a lesson is about.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAttempt } from "../scripts/client/attempt.ts";
import { makeRequest } from "../scripts/client/request.ts";
import { type Lab, openLab } from "../scripts/lab/lab.ts";
import { type ConnectChoice, prepareAttempt, prepareRequest } from "../scripts/lab/lab-choice.ts";
import { createLoad } from "../scripts/lab/load.ts";
import { readLesson } from "../scripts/lab/lessons/files.ts";
import { runLesson } from "../scripts/lab/lessons/run.ts";
import type { ServerChoice } from "../scripts/lab/servers/pool.ts";
import { createGate, inLanes } from "../scripts/model/gate.ts";
import type { Outcome } from "../scripts/model/outcome.ts";
import { GOOD_ATTEMPT } from "./good-attempt.ts";

const SERVER: ServerChoice = {
  variant: "cjs",
  auth: "passport",
  serverTransports: ["polling", "websocket"],
};
const CHOICE: ConnectChoice = { ...SERVER, attempt: GOOD_ATTEMPT };
const UNANSWERED: Outcome = { result: "unanswered", durationMs: 0, cutShort: { lateMs: 0 } };

/** Keeps this process from anything else. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** By the next turn of the event loop, all that may have begun has. */
function everythingHasBegun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("a gate", () => {
  it("lets a few in, and the next one for each that leaves, also after a failure", async () => {
    const gate = createGate(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const all = [1, 2, 3, 4].map((each) =>
      gate.run(() => {
        begun.push(each);
        return new Promise<void>((resolve, reject) => {
          ends.push(each === 1 ? () => reject(new Error("broken")) : resolve);
        });
      }),
    );
    await everythingHasBegun();
    expect([begun, gate.waiting()]).toEqual([[1, 2], 2]);
    ends[0]!();
    await expect(all[0]).rejects.toThrow("broken");
    await everythingHasBegun();
    expect(begun).toEqual([1, 2, 3]);
  });

  it("begins nothing of a list after an error, and waits for what is under way", async () => {
    const begun: number[] = [];
    let isOver = false;
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      if (item === 2) throw new Error("broken");
      await everythingHasBegun();
      isOver = true;
    };
    await expect(inLanes([1, 2, 3], 2, work)).rejects.toThrow("broken");
    expect([begun, isOver]).toEqual([[1, 2], true]);
    expect(await inLanes([3, 1, 2], 2, async (item) => item * 2)).toEqual([6, 2, 4]);
  });
});

describe("a client whose server is silent", () => {
  it("says how late it got to run itself", async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const place = { origin: `http://127.0.0.1:${port}`, prefix: "" };
    const maker = { secret: "none", issuer: "", audience: "", now: 0 };
    const attempt = { ...CHOICE, timeoutMs: 500 };
    const request = { ...attempt, ...GOOD_ATTEMPT, path: "/", method: "GET" } as const;
    const both = Promise.all([
      makeAttempt(io, prepareAttempt(attempt, place, maker)),
      makeRequest(prepareRequest(request, place, maker)),
    ]);
    setTimeout(block, 50, 400);
    const atLeast = expect.toSatisfy((ms: number) => ms >= 250) as number;
    const unanswered = { result: "unanswered", cutShort: { lateMs: atLeast } };
    expect(await both).toMatchObject([unanswered, unanswered]);
    silent.close();
  });
});

describe("a lab", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ first: SERVER });
  });
  afterAll(() => lab.close());

  it("does not believe what came too late where it was late itself, or the client was", async () => {
    const lateItself = lab.runWith(CHOICE, async () => {
      await everythingHasBegun();
      block(400);
      return UNANSWERED;
    });
    await expect(lateItself).rejects.toMatchObject({ code: "OVERLOADED" });
    const lateClient = lab.runWith(CHOICE, async () => ({
      ...UNANSWERED,
      cutShort: { lateMs: 400 },
    }));
    await expect(lateClient).rejects.toThrow("This machine is too busy to tell: run it again.");
  });

  it("believes it where nobody was late, and what came in time always", async () => {
    const silent = await lab.runWith(CHOICE, async () => UNANSWERED);
    expect(silent.outcome).toEqual(UNANSWERED);
    const refused = await lab.runWith(
      { ...CHOICE, attempt: { ...GOOD_ATTEMPT, token: "expired" } },
      async (attempt) => {
        const outcome = await makeAttempt(io, attempt);
        block(400);
        return outcome;
      },
    );
    expect(refused.outcome).toMatchObject({ result: "refused" });
  });

  it("has a few attempts under way at a time", async () => {
    let begun = 0;
    const gate = createGate(0);
    const attempts = Array.from({ length: 500 }, () =>
      lab.runWith(CHOICE, async () => {
        begun += 1;
        await gate.enter();
        return { result: "unanswered", durationMs: 0 } satisfies Outcome;
      }),
    );
    await expect.poll(() => begun).toBeGreaterThanOrEqual(6);
    await everythingHasBegun();
    expect(begun).toBeLessThan(200);
    for (let left = attempts.length; left > 0; left -= 1) gate.leave();
    expect(await Promise.all(attempts)).toHaveLength(500);
  });

  it("ends a server for one client when no other is using it", async () => {
    const order: string[] = [];
    let isRestarted: Promise<unknown> | undefined;
    const seen = await lab.runWith(CHOICE, async (attempt) => {
      isRestarted = lab.restart(SERVER).then(() => order.push("restarted"));
      await everythingHasBegun();
      const outcome = await makeAttempt(io, attempt);
      order.push(outcome.result);
      return outcome;
    });
    await isRestarted;
    expect(seen.outcome).toMatchObject({ user: { username: "john" } });
    expect(order).toEqual(["connected", "restarted"]);
  });

  it("fills a cell of a lesson with that word, and goes on", async () => {
    const lesson = await readLesson(3);
    const busy: Lab = {
      ...lab,
      run: (choice) =>
        choice.attempt.transports.length === 1
          ? lab.runWith(choice, async () => ({ ...UNANSWERED, cutShort: { lateMs: 400 } }))
          : lab.run(choice),
    };
    const cells = await runLesson(busy, lesson, { clients: ["node"] });
    const words = new Set(cells.map(({ verdict }) => verdict));
    expect(words).toEqual(new Set(["as expected", "too busy"]));
    expect(cells).toHaveLength(lesson.attempts.length);
  });
});

describe("what waits too long", () => {
  it("is given up when its turn comes", async () => {
    const late = createLoad(-1)()(() => Promise.resolve("done"));
    await expect(late).rejects.toMatchObject({ code: "OVERLOADED" });
    expect(await createLoad()()(() => Promise.resolve("done"))).toBe("done");
  });
});

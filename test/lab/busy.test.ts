// On a machine with too much to do, the message says so, and the lesson is not blamed.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../scripts/client/perform.ts";
import type { RunChoice } from "../../scripts/lab/client-task.ts";
import { type Lab, openLab, type Seen } from "../../scripts/lab/lab.ts";
import { createLoad } from "../../scripts/lab/busy.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { judgeCell, runLesson } from "../../scripts/lab/lessons/run.ts";
import type { ServerChoice } from "../../scripts/lab/servers/pool.ts";
import type { ActOutcome, ClientTask } from "../../scripts/model/acts.ts";
import { createGate, inLanes } from "../../scripts/model/gate.ts";
import { GOOD_ACT, LOGIN } from "../helpers/good-act.ts";

const SERVER: ServerChoice = {
  variant: "cjs",
  auth: "passport",
  serverTransports: ["polling", "websocket"],
};
const CHOICE: RunChoice = { ...SERVER, acts: [GOOD_ACT] };

/** What a client says whose server was silent. @param lateMs how late it got to run itself */
function unanswered(lateMs: number): ActOutcome[] {
  return [{ do: "connect", as: "socket", result: "unanswered", durationMs: 5_000, lateMs }];
}

/** Keeps this process busy. */
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

function taskOf(act: object): ClientTask {
  const acts = [{ ...act, token: null }] as unknown as ClientTask["acts"];
  return { prefix: "", acts, timeoutMs: 500 };
}

describe("a client whose server is silent", () => {
  it("says of each act how late it got to run itself", async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const origin = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const both = Promise.all([GOOD_ACT, LOGIN].map((act) => perform(io, origin, taskOf(act))));
    setTimeout(block, 50, 400);
    const lateMs = expect.toSatisfy((ms: number) => ms >= 250) as number;
    for (const outcome of await both)
      expect(outcome).toMatchObject([{ result: "unanswered", lateMs }]);
    silent.close();
  });
});

describe("a lab", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ first: SERVER });
  });
  afterAll(() => lab.close());

  it("doubts what is missing where it was late itself, or the client was", async () => {
    const lateItself = await lab.run(CHOICE, async () => {
      await everythingHasBegun();
      block(400);
      return unanswered(0);
    });
    const lateClient = await lab.run(CHOICE, async () => unanswered(400));
    for (const { outcome, isDoubtful } of [lateItself, lateClient]) {
      expect(isDoubtful).toBe(true);
      expect(outcome[0]).not.toHaveProperty("lateMs");
    }
  });

  it("believes it where nobody was late, and what came in time always", async () => {
    const silent = await lab.run(CHOICE, async () => unanswered(0));
    const refused = await lab.run(
      { ...CHOICE, acts: [{ ...GOOD_ACT, token: "expired" }] },
      async (task) => {
        const outcome = await perform(io, lab.origin, task);
        block(400);
        return outcome;
      },
    );
    expect(refused.outcome).toMatchObject([{ result: "refused" }]);
    expect([silent.isDoubtful, refused.isDoubtful]).toEqual([false, false]);
  });

  it("has a few attempts under way at a time", async () => {
    let begun = 0;
    const gate = createGate(0);
    const attempts = Array.from({ length: 500 }, () =>
      lab.run(CHOICE, async () => {
        begun += 1;
        await gate.enter();
        return unanswered(0);
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
    const { outcome } = await lab.run(CHOICE, async (task) => {
      isRestarted = lab.restart(SERVER).then(() => order.push("restarted"));
      await everythingHasBegun();
      const told = await perform(io, lab.origin, task);
      order.push(told[0]!.result);
      return told;
    });
    await isRestarted;
    expect(outcome).toMatchObject([{ user: { username: "john" } }]);
    expect(order).toEqual(["connected", "restarted"]);
  });

  it("fills a cell of a lesson with that word where its turn came too late, and goes on", async () => {
    const lesson = await readLesson(3);
    const tooLate = createLoad(-1)();
    let runs = 0;
    const busy: Lab = {
      ...lab,
      run: (choice, client) => {
        runs += 1;
        return runs === 2 ? tooLate(() => lab.run(choice, client)) : lab.run(choice, client);
      },
    };
    const cells = await runLesson(busy, lesson, { clients: ["node"] });
    expect(cells).toHaveLength(lesson.attempts.length);
    expect(cells.filter(({ verdict }) => verdict === "too busy")).toHaveLength(1);
    expect(await createLoad()()(() => Promise.resolve("in time"))).toBe("in time");
  });

  it("fills a cell that says nothing a second time, and no third time", async () => {
    const lesson = await readLesson(3);
    const attempts = lesson.attempts.slice(0, 2);
    const late: Seen = { outcome: unanswered(0), trace: { steps: [] }, isDoubtful: true };
    const runs = new Map<string, number>();
    const busy: Lab = {
      ...lab,
      run: async (choice, client) => {
        const [first] = lesson.attempts;
        const key = choice.acts === first!.acts ? "once late" : "always late";
        runs.set(key, (runs.get(key) ?? 0) + 1);
        return key === "once late" && runs.get(key) === 2 ? lab.run(choice, client) : late;
      },
    };
    const cells = await runLesson(busy, lesson, { attempts, clients: ["node"] });
    expect(cells.map(({ verdict }) => verdict)).toEqual(["as expected", "too busy"]);
    expect([...runs.values()]).toEqual([2, 2]);
  });
});

function verdictOf(...given: Parameters<typeof judgeCell>): string {
  return judgeCell(...given).verdict;
}

describe("an outcome that is doubtful", () => {
  it("is neither a surprise nor an outcome of one's own attempt; an expected outcome still counts", async () => {
    const lesson = await readLesson(3);
    const { switches } = lesson;
    const attempt = lesson.attempts.find(({ expect: wanted }) => wanted !== undefined)!;
    const seen: Seen = { outcome: unanswered(0), trace: { steps: [] }, isDoubtful: true };
    const choice = { attempt, client: "node", switches } as const;
    expect(verdictOf(lesson, choice, seen)).toBe("too busy");
    expect(verdictOf(lesson, choice, { ...seen, isDoubtful: false })).toBe("surprise");
    expect(verdictOf(undefined, choice, seen)).toBe("too busy");
    const silent = { result: "unanswered" };
    const expecting = { ...attempt, expect: { node: silent, browser: silent } };
    expect(verdictOf(lesson, { ...choice, attempt: expecting }, seen)).toBe("as expected");
  });
});

// `npm run load`: a small run of it on each adapter, and that its ledger notices every kind of mistake.
import { describe, expect, it } from "vitest";
import { ArgumentsError } from "../../scripts/command/arguments.ts";
import { type Client, Ledger } from "../../scripts/tools/load/ledger.ts";
import { LOAD_HELP, readLoadOptions } from "../../scripts/tools/load/options.ts";
import { runCommand } from "../helpers/node-process.ts";
import { HAS_REDIS, REDIS_SKIPPED } from "../helpers/redis.ts";

const WAIT_MS = 90_000;

/** Every part of a run ends with this line. */
const FAULTLESS = /^ {2}lost 0, doubled 0, misdelivered 0$/gm;

/** What a small run says, in short. */
async function runSmall(adapter: string): Promise<object> {
  const args = ["--clients", "12", "--seconds", "1", "--adapter", adapter];
  const { stdout, stderr, code } = await runCommand("load", args);
  const faultless = stdout.match(FAULTLESS)?.length;
  const isTimed = /another server ran after .*, all clients were back after/.test(stdout);
  const isKilled = / not delivered: \d+ for clients that were not connected/.test(stdout);
  return { stderr, code, faultless, isTimed, isKilled };
}

const GOOD = { stderr: "", code: 0, faultless: 3, isTimed: true, isKilled: true };

describe.concurrent("twelve clients lose nothing while one of three servers is killed", () => {
  it("by cluster", async () => expect(await runSmall("cluster")).toEqual(GOOD), WAIT_MS);

  it.skipIf(!HAS_REDIS)(
    `by redis${REDIS_SKIPPED}`,
    async () => expect(await runSmall("redis")).toEqual(GOOD),
    WAIT_MS,
  );
});

describe("the ledger", () => {
  const [john, jane] = [1, 2];
  const clients: Client[] = [
    { userId: john, presences: [{ fromMs: 0 }] },
    { userId: john, presences: [{ fromMs: 0, toMs: 5_000 }, { fromMs: 9_000 }] },
    { userId: jane, presences: [{ fromMs: 0 }] },
  ];
  const toJohn = { from: jane, to: john, sentMs: 1_000 };

  it("counts each connection of a user", () => {
    const ledger = new Ledger();
    ledger.send("a", toJohn);
    for (const client of [0, 1]) ledger.receive("a", jane, { client, userId: john });
    expect(ledger.tally(clients)).toEqual({
      notes: 1,
      delivered: 2,
      lost: 0,
      away: 0,
      unanswered: 0,
      doubled: 0,
      misdelivered: 0,
    });
  });

  it.each([
    ["one that came to one of two clients alone", {}, [[0, john, jane]], { lost: 1 }],
    ["one that came nowhere", {}, [], { lost: 2 }],
    ["one while a client was away", { sentMs: 6_000 }, [[0, john, jane]], { away: 1, lost: 0 }],
    ["one as its connection broke", { sentMs: 4_000 }, [[0, john, jane]], { away: 1, lost: 0 }],
    ["one after it came back", { sentMs: 9_500 }, [[0, john, jane]], { away: 0, lost: 1 }],
    ["one without an answer", { isUnanswered: true }, [], { unanswered: 2, lost: 0 }],
    [
      "one that came twice",
      {},
      [
        [0, john, jane],
        [0, john, jane],
        [1, john, jane],
      ],
      { doubled: 1, lost: 0 },
    ],
    ["one that came to another user", {}, [[2, jane, jane]], { misdelivered: 1, lost: 2 }],
    ["one with another sender", {}, [[0, john, john]], { misdelivered: 1 }],
  ] as [string, object, [client: number, userId: number, from: number][], object][])(
    "counts %s",
    (_, changes, received, tally) => {
      const ledger = new Ledger();
      ledger.send("a", { ...toJohn, ...changes });
      for (const [client, userId, from] of received) ledger.receive("a", from, { client, userId });
      expect(ledger.tally(clients)).toMatchObject(tally);
    },
  );

  it("counts a note that nobody has sent", () => {
    const ledger = new Ledger();
    ledger.receive("b", jane, { client: 0, userId: john });
    expect(ledger.tally(clients)).toMatchObject({ notes: 0, misdelivered: 1 });
  });
});

it.each([
  [["--clients", "3"], '--clients must be a whole number from 4 to 5000, got "3".'],
  [["--clients", "many"], '--clients must be a whole number from 4 to 5000, got "many".'],
  [["--adapter", "memory"], '--adapter must be one of cluster, redis, got "memory".'],
  [["--seconds", "61"], '--seconds must be a whole number from 1 to 60, got "61".'],
  [["soon"], 'npm run load takes no "soon": npm run load -- --help says what it takes.'],
])("wrong arguments are one sentence: %s", (args, sentence) => {
  expect(() => readLoadOptions(args, {})).toThrow(new ArgumentsError(sentence));
});

it("the help fits into 80 columns", () => {
  expect(LOAD_HELP.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

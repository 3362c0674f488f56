// What opens the sandbox: a key once, a pass for as long as it is good; and how the sandbox proves that it is the one.
import { createHash, createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type StoredPass, type Keys, openKeys } from "../../scripts/sandbox/keys.ts";

const WEEK_SECONDS = 7 * 24 * 60 * 60;

let now: number;
let kept: readonly StoredPass[];
let used: number;
beforeEach(() => {
  now = 1_800_000_000;
  kept = [];
  used = 0;
});

/** A run of the sandbox. */
function run(passes: readonly StoredPass[] = []): Keys {
  return openKeys({
    passes,
    onPasses: async (all) => {
      kept = all;
    },
    onShownUsed: () => (used += 1),
    now: () => now,
  });
}

/** @returns the pass that is given for it */
async function passFor(keys: Keys, key: string): Promise<string> {
  return (await keys.admit(key)!.pass)!;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

describe("a key", () => {
  it("opens once, and then another one is shown", async () => {
    const keys = run();
    const first = keys.shown();
    expect(first).toMatch(/^[\w-]{22}$/);
    expect(await keys.admit(first)?.pass).toMatch(/^[\w-]{22}$/);
    expect(keys.admit(first)).toBeUndefined();
    expect(keys.shown()).not.toBe(first);
    expect(used).toBe(1);
    expect(keys.admit(keys.shown())).toBeDefined();
  });

  it("for somebody else changes nothing of the one that is shown, and is good for five minutes", () => {
    const keys = run();
    const shown = keys.shown();
    const [one, other] = [keys.issue(), keys.issue()];
    expect(keys.admit(one)).toBeDefined();
    expect({ shown: keys.shown(), used }).toEqual({ shown, used: 0 });
    now += 301;
    expect(keys.admit(other)).toBeUndefined();
    expect(keys.admit(shown)).toBeDefined();
  });

  it("is another one in each run, and the one before opens nothing", () => {
    const before = run().shown();
    expect(run(kept).admit(before)).toBeUndefined();
  });

  it("that nobody uses is forgotten once there are very many, and never the one that is shown", () => {
    const keys = run();
    const [shown, first] = [keys.shown(), keys.issue()];
    for (let issued = 0; issued < 200; issued += 1) keys.issue();
    expect(keys.admit(first)).toBeUndefined();
    expect(keys.admit(shown)).toBeDefined();
  });

  it.each([
    undefined,
    null,
    "",
    1,
    {},
    [],
    { length: 22 },
    "__proto__",
    "constructor",
    "A".repeat(22),
  ])("is not %j", (given) => {
    expect(run().admit(given)).toBeUndefined();
  });
});

describe("a pass", () => {
  it("is good for its run again and again, and no other one is given for it", async () => {
    const keys = run();
    const pass = await passFor(keys, keys.shown());
    for (let times = 0; times < 3; times += 1) expect(await keys.admit(pass)!.pass).toBeUndefined();
  });

  it("of an earlier run is changed for a new one, and is good until the page has that", async () => {
    const first = run();
    const pass = await passFor(first, first.shown());
    const next = run(kept);
    // The answer to this was lost.
    expect(await passFor(next, pass)).toMatch(/^[\w-]{22}$/);
    const admission = next.admit(pass)!;
    const second = await admission.pass;
    admission.confirm();
    expect(next.admit(pass)).toBeUndefined();
    expect(await next.admit(second)!.pass).toBeUndefined();
    // And in the run after that as well.
    const last = run(kept);
    expect(last.admit(pass)).toBeUndefined();
    expect(await last.admit(second)?.pass).toMatch(/^[\w-]{22}$/);
  });

  it("is good for a week", async () => {
    const first = run();
    const pass = await passFor(first, first.shown());
    now += WEEK_SECONDS - 1;
    expect(run(kept).admit(pass)).toBeDefined();
    now += 1;
    expect(run(kept).admit(pass)).toBeUndefined();
  });

  it("is stored in a form that lets nobody in", async () => {
    const first = run();
    const pass = await passFor(first, first.shown());
    expect(JSON.stringify(kept)).not.toContain(pass);
    const next = run(kept);
    for (const { name, prover } of kept)
      for (const read of [name, prover]) expect(next.admit(read)).toBeUndefined();
    expect(next.admit(pass)).toBeDefined();
  });
});

describe("a proof", () => {
  const origin = "http://127.0.0.1:4000";

  it("is made with what only those can know who know the key: RFC 2104 with SHA-256", () => {
    const keys = run();
    const key = keys.shown();
    const expected = createHmac("sha256", hash(`prover ${key}`)).update(`n ${origin}`);
    expect(keys.prove({ name: hash(`name ${key}`), nonce: "n", origin })).toBe(
      expected.digest("base64url"),
    );
  });

  it("is another one for another nonce and for another address", () => {
    const keys = run();
    const name = hash(`name ${keys.shown()}`);
    const proofs = [
      keys.prove({ name, nonce: "n", origin }),
      keys.prove({ name, nonce: "m", origin }),
      keys.prove({ name, nonce: "n", origin: "http://127.0.0.1:4001" }),
    ];
    expect(new Set(proofs).size).toBe(3);
  });

  it("is made for nothing that opens nothing", () => {
    const keys = run();
    const key = keys.shown();
    expect(keys.prove({ name: "", nonce: "n", origin })).toBeUndefined();
    keys.admit(key);
    expect(keys.prove({ name: hash(`name ${key}`), nonce: "n", origin })).toBeUndefined();
  });
});

// However fast a person asks for another format, one session is open at a time, and none is left.
import { beforeEach, expect, it } from "vitest";
import type { ExerciseSession } from "../../scripts/lab/exercises/session.ts";
import { OneSession } from "../../scripts/terminal/exercise/one-session.ts";

let log: string[];
beforeEach(() => {
  log = [];
});

function opens(name: string) {
  return async (): Promise<ExerciseSession> => {
    log.push(`opens ${name}`);
    await new Promise(setImmediate);
    const close = async (): Promise<void> => {
      await new Promise(setImmediate);
      log.push(`closed ${name}`);
    };
    return { close } as ExerciseSession;
  };
}

/** Right then, and not once it has opened. */
async function untilBegun(): Promise<void> {
  while (log.length === 0) await Promise.resolve();
}

it("opens the last of several, after the others are closed", async () => {
  const one = new OneSession();
  const cjs = one.replace(opens("cjs"));
  await untilBegun();
  const others = ["esm", "ts", "cjs again"].map((name) => one.replace(opens(name)));
  expect(() => one.get()).toThrow("The exercise is being opened.");
  await Promise.all([cjs, ...others]);
  expect(log).toEqual(["opens cjs", "closed cjs", "opens cjs again"]);
  await one.replace(opens("esm"));
  expect(log.slice(3)).toEqual(["closed cjs again", "opens esm"]);
});

it("closes one that is being opened", async () => {
  const one = new OneSession();
  void one.replace(opens("cjs"));
  await untilBegun();
  await one.close();
  expect(log).toEqual(["opens cjs", "closed cjs"]);
});

it("says why there is none, and opens the next one all the same", async () => {
  const one = new OneSession();
  const failed = one.replace(() => Promise.reject(new Error("It cannot be written.")));
  await expect(failed).rejects.toThrow("It cannot be written.");
  expect(() => one.get()).toThrow("It cannot be written.");
  await one.replace(opens("esm"));
  expect(one.get()).toBeDefined();
});

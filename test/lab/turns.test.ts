// Work that must run alone waits for the work before it, and holds up the work after it.
import { expect, it } from "vitest";
import { createTurns } from "../../scripts/lab/turns.ts";

/** By the next turn of the event loop, all that may have begun has. */
function everythingHasBegun(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Works that end when they are told to, and a record of what began. */
function createWorks(): {
  begun: string[];
  begin: (work: string) => () => Promise<void>;
  end: (work: string) => Promise<void>;
} {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    begin: (work) => () => {
      begun.push(work);
      return new Promise((resolve) => {
        ends.set(work, resolve);
      });
    },
    async end(work) {
      await everythingHasBegun();
      ends.get(work)!();
      await everythingHasBegun();
    },
  };
}

it("lets any number work together, one alone, and nobody overtake", async () => {
  const { begun, begin, end } = createWorks();
  const inTurn = createTurns();
  const all = [
    inTurn("server", false, begin("first")),
    inTurn("server", false, begin("second")),
    inTurn("server", true, begin("alone")),
    inTurn("server", true, begin("alone too")),
    inTurn("server", false, begin("third")),
    inTurn("other server", true, begin("elsewhere")),
  ];
  await end("elsewhere");
  expect(begun).toEqual(["first", "second", "elsewhere"]);
  await end("first");
  expect(begun).toHaveLength(3);
  await end("second");
  expect(begun.at(-1)).toBe("alone");
  await end("alone");
  expect(begun.at(-1)).toBe("alone too");
  await end("alone too");
  expect(begun.at(-1)).toBe("third");
  await end("third");
  await Promise.all(all);
});

it("continues after a failure, and reports it to its caller", async () => {
  const inTurn = createTurns();
  const failure = inTurn("server", true, () => Promise.reject(new Error("broken")));
  const next = inTurn("server", true, () => Promise.resolve("next"));
  await expect(failure).rejects.toThrow("broken");
  expect(await next).toBe("next");
});

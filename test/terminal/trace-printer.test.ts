// What `npm run trace` prints while nobody reads it.
import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { openPrinter } from "../../scripts/terminal/trace/printer.ts";

it("leaves lines out and counts them while nobody reads, and continues when somebody does", async () => {
  const written: string[] = [];
  let read: (() => void) | undefined;
  const output = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      written.push(text);
      read = done;
    },
  });
  const printer = openPrinter(output);
  const line = "x".repeat(999);
  for (let count = 0; count < 3000; count += 1) {
    printer.print([line]);
    if (count % 100 === 0) await setImmediate();
  }
  void printer.flush();
  expect(output.writableLength).toBeLessThan(1_200_000);
  while (output.writableLength > 0) {
    read!();
    await setImmediate();
  }
  const text = written.join("");
  const [, leftOut] = /^… (\d+) lines are left out: they are read too slowly\.$/m.exec(text) ?? [];
  expect(text.split(line).length - 1 + Number(leftOut)).toBe(3000);
  expect(Number(leftOut)).toBeGreaterThan(1500);
});

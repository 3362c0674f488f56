// What a server says in its log of the credentials that it checks.
import { describe, expect, it } from "vitest";
import { readCheckLine } from "../../scripts/lab/wire/check-lines.ts";

describe("a line", () => {
  it("of a check is read", () => {
    const line = '{"port":54321,"checked":"GET polling handshake"}';
    expect(readCheckLine(line)).toEqual({ port: 54_321, what: "GET polling handshake" });
  });

  it("of a refusal is read, with its reason", () => {
    const line = '{"port":54321,"refused":"GET /self","reason":"jwt \\"x\\" expired"}';
    expect(readCheckLine(line)).toEqual({
      port: 54_321,
      what: "GET /self",
      reason: 'jwt "x" expired',
    });
    // A token is masked, also where the reason is cut in the middle of it.
    const token = `eyJhbGciOiJIUzI1NiJ9.${"e30".repeat(20)}.c2lnbmF0dXJl`;
    const reason = `${"x".repeat(150)} ${token}`;
    const long = readCheckLine(JSON.stringify({ port: 1, refused: "GET /self", reason }));
    expect(JSON.stringify(long)).not.toMatch(/eyJhb|c2lnbmF0d/);
  });

  it.each([
    '{"port":1,"refused":"GET /self"}',
    '{"port":1,"refused":"GET /self","reason":{}}',
    '{"port":"1","checked":"GET /self"}',
    '{"port":1,"checked":""}',
    '{"port":1,"checked":"GET /self"',
    '{"checked":"GET /self"}',
    "null",
    "listening on http://127.0.0.1:3000",
    "",
  ])("of another kind is left alone: %s", (line) => {
    expect(readCheckLine(line)).toBeUndefined();
  });
});

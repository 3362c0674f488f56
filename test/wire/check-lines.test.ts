// What a server says in its log of the credentials that it checks.
import { describe, expect, it } from "vitest";
import { readCheckLine } from "../../scripts/lab/wire/check-lines.ts";

describe("a line", () => {
  it("of a check is read", () => {
    const line = "checked port 54321: GET polling handshake";
    expect(readCheckLine(line)).toEqual({ port: 54_321, what: "GET polling handshake" });
  });

  it("of a refusal is read, with its reason", () => {
    const line = 'refused port 54321: "jwt \\"x\\" expired"';
    expect(readCheckLine(line)).toEqual({ port: 54_321, reason: 'jwt "x" expired' });
    // A token is masked, also where the reason is cut in the middle of it.
    const token = `eyJhbGciOiJIUzI1NiJ9.${"e30".repeat(20)}.c2lnbmF0dXJl`;
    const long = readCheckLine(`refused port 1: "${"x".repeat(150)} ${token}"`);
    expect(JSON.stringify(long)).not.toMatch(/eyJhb|c2lnbmF0d/);
  });

  it.each([
    "refused port 1: jwt expired",
    "refused port 1: {}",
    "listening on http://127.0.0.1:3000",
    "checked port x: y",
    "checked port 1: ",
    "",
  ])("of another kind is left alone: %s", (line) => {
    expect(readCheckLine(line)).toBeUndefined();
  });
});

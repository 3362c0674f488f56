// A check gets its place behind what was checked, however late the server's line about it comes.
import { describe, expect, it } from "vitest";
import type { Step } from "../../scripts/model/trace.ts";
import { findChecked, readCheckLine } from "../../scripts/lab/wire/check-lines.ts";

describe("a line", () => {
  it("of a check is read", () => {
    const line = '{"port":54321,"checked":"GET polling handshake"}';
    expect(readCheckLine(line)).toEqual({ port: 54_321, what: "GET polling handshake" });
  });

  it("of a refusal is read, with its reason", () => {
    const line = '{"port":54321,"refused":"GET /self","reason":"jwt \\"x\\" expired"}';
    expect(readCheckLine(line)).toEqual({ port: 54_321, reason: 'jwt "x" expired' });
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

const common = { atMs: 0, headers: {}, body: "", packets: [], tokens: [] };

function request(connection: number, target: string): Step {
  return { ...common, kind: "request", from: "client", method: "GET", connection, target };
}

function response(connection: number): Step {
  return { ...common, kind: "response", from: "server", status: 200, reason: "OK", connection };
}

function connectFrame(connection: number): Step {
  const packets = [{ engine: "message", socket: "CONNECT", namespace: "/" }];
  return { ...common, kind: "frame", from: "client", opcode: "text", connection, packets };
}

function check(connection: number): Step {
  return { atMs: 0, kind: "check", from: "server", connection, what: "GET polling handshake" };
}

describe("what a check was about", () => {
  const what = "GET polling handshake";

  it.each<[string, (Step | undefined)[], number, string?]>([
    ["its request", [request(1, "/?EIO=4"), response(1)], 0],
    ["a request with an empty sid", [request(1, "/?sid="), response(1)], 0],
    ["not one with a sid", [request(1, "/?EIO=4&sid=a"), request(1, "/?EIO=4")], 1],
    ["not one of another connection", [request(2, "/"), request(1, "/"), response(1)], 1],
    ["not one that has its check", [request(1, "/"), check(1), request(1, "/"), response(1)], 2],
    ["nothing if nothing fits", [request(2, "/"), response(2)], -1],
    ["the plain request", [request(1, "/"), request(1, "/self?x"), response(1)], 1, "GET /self"],
    ["its request while another cannot be read", [undefined, request(1, "/")], 1],
  ])("is %s", (_, steps, index, other = what) => {
    expect(findChecked(steps, { connection: 1, what: other })).toBe(index);
  });

  it("is the CONNECT packet, on whichever connection it came", () => {
    const steps = [request(1, "/"), response(1), connectFrame(2), response(1)];
    expect(findChecked(steps, { connection: 1, what: "CONNECT packet" })).toBe(2);
  });

  it.each([
    ["GET polling request", 0],
    ["POST polling request", 1],
    ["GET websocket request", 2],
  ])("is a request of a session, where every one is checked: %s", (line, index) => {
    const steps = [
      request(1, "/?transport=polling&sid=a"),
      { ...request(1, "/?transport=polling&sid=a"), method: "POST" } as Step,
      request(1, "/?transport=websocket&sid=a"),
    ];
    expect(findChecked(steps, { connection: 1, what: line })).toBe(index);
  });
});

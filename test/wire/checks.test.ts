// A check is about the step that was checked, however late the server's line about it comes, and has decided what came of it.
import { describe, expect, it } from "vitest";
import type { CheckStep, Step } from "../../scripts/model/trace.ts";
import { decide, findChecked } from "../../scripts/lab/wire/checks.ts";

const what = "GET polling handshake";
const common = { atMs: 0, headers: {}, body: "", packets: [], tokens: [] };

function request(id: number, connection: number, target: string): Step {
  return { ...common, id, kind: "request", from: "client", method: "GET", connection, target };
}

function response(id: number, answers: number, status = 200, body = ""): Step {
  const reason = "";
  const at = { connection: 1, from: "server" } as const;
  return { ...common, ...at, id, kind: "response", answers, status, reason, body };
}

function connect(id: number, from: Step["from"], socket = "CONNECT"): Step {
  const packets = [{ engine: "message", socket, namespace: "/" }];
  return { ...common, id, kind: "frame", from, opcode: "text", connection: 2, packets };
}

function check(id: number, about: number, more: Partial<CheckStep> = {}): CheckStep {
  const at = { atMs: 0, from: "server", connection: 1 } as const;
  return { ...at, id, kind: "check", what, about, decision: "open", ...more };
}

function closed(id: number, isCut: boolean): Step {
  return { id, atMs: 0, connection: 1, from: "server", kind: "closed", isCut };
}

describe("what a check was about", () => {
  it("the check of a right belongs to the latest CONNECT packet, whether its credential was checked or not", () => {
    const steps = [connect(1, "client"), connect(2, "server"), connect(3, "client")];
    const asked = findChecked([...steps, check(4, 3)], { connection: 2, what: 'right "admin"' });
    expect(asked?.id).toBe(3);
  });

  it.each<[string, Step[], number | undefined, string?]>([
    ["its request", [request(1, 1, "/?EIO=4"), response(2, 1)], 1],
    ["a request with an empty sid", [request(1, 1, "/?sid="), response(2, 1)], 1],
    ["not one with a sid", [request(1, 1, "/?EIO=4&sid=a"), request(2, 1, "/?EIO=4")], 2],
    ["not one of another connection", [request(1, 2, "/"), request(2, 1, "/")], 2],
    ["not one that has its check", [request(1, 1, "/"), check(2, 1), request(3, 1, "/")], 3],
    ["nothing if nothing fits", [request(1, 2, "/"), response(2, 1)], undefined],
    ["the plain request", [request(1, 1, "/"), request(2, 1, "/self?x")], 2, "GET /self"],
  ])("is %s", (_, steps, id, other = what) => {
    expect(findChecked(steps, { connection: 1, what: other })?.id).toBe(id);
  });

  it("is the CONNECT packet, on whichever connection it came", () => {
    const steps = [request(1, 1, "/"), connect(2, "client")];
    expect(findChecked(steps, { connection: 1, what: "CONNECT packet" })?.id).toBe(2);
  });

  it.each([
    ["GET polling request", 1],
    ["POST polling request", 2],
    ["GET websocket request", 3],
  ])("is a request of a session, where every one is checked: %s", (line, id) => {
    const steps = [
      request(1, 1, "/?transport=polling&sid=a"),
      { ...request(2, 1, "/?transport=polling&sid=a"), method: "POST" } as Step,
      request(3, 1, "/?transport=websocket&sid=a"),
    ];
    expect(findChecked(steps, { connection: 1, what: line })?.id).toBe(id);
  });
});

describe("what a check decided", () => {
  const asked = request(1, 1, "/");
  const other = request(2, 1, "/");
  const packet = { what: "CONNECT packet" };
  const both = [connect(1, "client"), check(2, 1, packet)];

  it.each<[string, CheckStep["decision"], number | undefined, Step[]]>([
    [
      "the answer to its own request says",
      "refused",
      5,
      [asked, check(3, 1), other, response(4, 2), response(5, 1, 401)],
    ],
    ["its request was answered well", "accepted", 4, [asked, check(3, 1), response(4, 1)]],
    [
      "the answer is Engine.IO's own",
      "accepted",
      4,
      [asked, check(3, 1), response(4, 1, 400, '{"code":0,"message":"Transport unknown"}')],
    ],
    ["it was told to go on", "open", undefined, [asked, check(3, 1), response(4, 1, 100)]],
    ["the connection was cut", "refused", 4, [asked, check(3, 1), closed(4, true)]],
    ["the connection was closed", "open", 4, [asked, check(3, 1), closed(4, false)]],
    [
      "the log gives a reason",
      "refused",
      undefined,
      [asked, check(3, 1, { reason: "jwt expired" })],
    ],
    ["what it was about is not in the trace", "open", undefined, [check(3, 1)]],
    ["the namespace refuses", "refused", 3, [...both, connect(3, "server", "CONNECT_ERROR")]],
    ["the namespace is granted", "accepted", 3, [...both, connect(3, "server")]],
    ["another CONNECT was answered before", "open", undefined, [connect(9, "server"), ...both]],
  ])("where %s: %s", (_, decision, shownBy, steps) => {
    const step = steps.find((each) => each.kind === "check") as CheckStep;
    expect(decide(steps, step)).toEqual({ decision, ...(shownBy && { shownBy }) });
  });
});

it("a credential whose bearer lacks a right was accepted, though CONNECT is refused", () => {
  const credential = check(2, 1, { what: "CONNECT packet" });
  const right = check(3, 1, { what: 'right "admin"', reason: "not in the scope" });
  const steps = [connect(1, "client"), credential, right, connect(4, "server", "CONNECT_ERROR")];
  expect(decide(steps, credential).decision).toBe("accepted");
  expect(decide(steps, right)).toEqual({ decision: "refused", shownBy: 4 });
});

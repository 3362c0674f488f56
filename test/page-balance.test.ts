// The browser's patience with failing websockets: which attempts cost it, and when one that opens makes up for them.
import { describe, expect, it } from "vitest";
import { createBalance, websocketEnd } from "../public/page/lesson/websocket-balance.ts";
import type { Attempt } from "../scripts/model/attempt.ts";
import type { Outcome } from "../scripts/model/outcome.ts";
import type { Transport } from "../scripts/model/vocabulary.ts";

function attempt(transports: Transport[]): Attempt {
  return {
    origin: "http://127.0.0.1:1",
    path: "/",
    transports,
    tryAllTransports: false,
    credential: "header",
    scheme: "bearer",
    token: undefined,
    otherTokens: [],
    events: [],
    timeoutMs: 1000,
  };
}

function refused(refusedBy: "handshake" | "namespace"): Outcome {
  const told = { message: "", description: undefined, status: undefined, body: undefined };
  return { result: "refused", refusedBy, ...told, data: undefined, willRetry: true, durationMs: 1 };
}

function connected(lastTransport: Transport): Outcome {
  const rest = { user: undefined, replies: [], received: [], durationMs: 1 };
  return { result: "connected", firstTransport: "polling", lastTransport, ...rest };
}

describe("an attempt", () => {
  it.each<[string, Transport[], Outcome, string | undefined]>([
    ["websocket, refused", ["websocket"], refused("handshake"), "failed"],
    ["websocket, refused by the namespace", ["websocket"], refused("namespace"), "opened"],
    ["websocket, connected", ["websocket"], connected("websocket"), "opened"],
    ["polling, refused", ["polling", "websocket"], refused("handshake"), undefined],
    ["polling, upgraded", ["polling", "websocket"], connected("websocket"), "opened"],
    ["polling, not upgraded", ["polling", "websocket"], connected("polling"), "failed"],
    ["polling only", ["polling"], connected("polling"), undefined],
  ])("%s", (_name, transports, outcome, end) => {
    expect(websocketEnd(attempt(transports), outcome)).toBe(end);
  });
});

describe("a websocket that opens", () => {
  it("makes up for three in a row that failed, and for no fewer", async () => {
    let opened = 0;
    const balance = createBalance(async () => {
      opened += 1;
    });
    const fail = () => balance.note(attempt(["websocket"]), refused("handshake"));
    const succeed = () => balance.note(attempt(["websocket"]), connected("websocket"));
    for (const step of [fail, fail, succeed, fail, fail]) await step();
    expect(opened).toBe(0);
    await fail();
    expect(opened).toBe(1);
    for (const step of [fail, fail, fail]) await step();
    expect(opened).toBe(2);
  });
});

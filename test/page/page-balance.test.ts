// The browser's patience with failing websockets: which attempts cost it, and when one that opens makes up for them.
import { describe, expect, it } from "vitest";
import { createBalance, websocketEnd } from "../../public/page/lesson/websocket-balance.ts";
import type { ActOutcome, ClientTask } from "../../scripts/model/acts.ts";
import type { Transport } from "../../scripts/model/vocabulary.ts";
import { GOOD_ACT } from "../helpers/good-act.ts";

function act(transports: Transport[]): ClientTask["acts"][number] {
  return { ...GOOD_ACT, transports, token: null };
}

function refused(refusedBy: "handshake" | "namespace"): ActOutcome {
  const told = { message: "", willRetry: true, durationMs: 1 };
  return { do: "connect", result: "refused", refusedBy, ...told };
}

function connected(lastTransport: Transport): ActOutcome {
  const rest = { firstTransport: "polling", durationMs: 1 } as const;
  return { do: "connect", result: "connected", lastTransport, ...rest };
}

describe("an attempt", () => {
  it.each<[string, Transport[], ActOutcome, string | undefined]>([
    ["websocket, refused", ["websocket"], refused("handshake"), "failed"],
    ["websocket, refused by the namespace", ["websocket"], refused("namespace"), "opened"],
    ["websocket, connected", ["websocket"], connected("websocket"), "opened"],
    ["polling, refused", ["polling", "websocket"], refused("handshake"), undefined],
    ["polling, upgraded", ["polling", "websocket"], connected("websocket"), "opened"],
    ["polling, not upgraded", ["polling", "websocket"], connected("polling"), "failed"],
    ["polling only", ["polling"], connected("polling"), undefined],
  ])("%s", (_name, transports, outcome, end) => {
    expect(websocketEnd(act(transports), outcome)).toBe(end);
  });
});

describe("a websocket that opens", () => {
  it("makes up for three in a row that failed, and for no fewer", async () => {
    let opened = 0;
    const balance = createBalance(async () => {
      opened += 1;
    });
    const fail = () => balance.note([act(["websocket"])], [refused("handshake")]);
    const succeed = () => balance.note([act(["websocket"])], [connected("websocket")]);
    for (const step of [fail, fail, succeed, fail, fail]) await step();
    expect(opened).toBe(0);
    await fail();
    expect(opened).toBe(1);
    for (const step of [fail, fail, fail]) await step();
    expect(opened).toBe(2);
  });
});

// The browser's patience with failing websockets: which attempts cost it, and when one that opens makes up for them.
import { describe, expect, it } from "vitest";
import { createBalance } from "../../public/page/lesson/websocket-balance.ts";
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

/** How often the page has made up for failures after each of these acts. */
async function openedAfter(acts: readonly (readonly [Transport[], ActOutcome])[]): Promise<number> {
  let opened = 0;
  const balance = createBalance(async () => void (opened += 1));
  for (const [transports, outcome] of acts) await balance.note([act(transports)], [outcome]);
  return opened;
}

const FAILED = [["websocket"], refused("handshake")] as [Transport[], ActOutcome];

describe("an attempt", () => {
  it.each<[string, Transport[], ActOutcome, "opened" | "failed" | undefined]>([
    ["websocket, refused", ["websocket"], refused("handshake"), "failed"],
    ["websocket, refused by the namespace", ["websocket"], refused("namespace"), "opened"],
    ["websocket, connected", ["websocket"], connected("websocket"), "opened"],
    ["polling, refused", ["polling", "websocket"], refused("handshake"), undefined],
    ["polling, upgraded", ["polling", "websocket"], connected("websocket"), "opened"],
    ["polling, not upgraded", ["polling", "websocket"], connected("polling"), "failed"],
    ["polling only", ["polling"], connected("polling"), undefined],
  ])("%s", async (_name, transports, outcome, end) => {
    const own = [transports, outcome] as const;
    // The third failure in a row is made up for.
    expect(await openedAfter([FAILED, FAILED, own])).toBe(end === "failed" ? 1 : 0);
    expect(await openedAfter([FAILED, FAILED, own, FAILED])).toBe(end === "opened" ? 0 : 1);
  });

  it("makes up for three in a row that failed, and for no fewer, each time", async () => {
    const succeeded = [["websocket"], connected("websocket")] as [Transport[], ActOutcome];
    expect(await openedAfter([FAILED, FAILED, succeeded, FAILED, FAILED])).toBe(0);
    expect(await openedAfter([FAILED, FAILED, FAILED, FAILED, FAILED, FAILED])).toBe(2);
  });
});

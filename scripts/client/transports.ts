// Watches which transport a session opens with, and which one it ends up on. Runs in Node and in a page alike.
import type { Socket } from "socket.io-client";
import type { Transport } from "../model/vocabulary.ts";

interface TransportWatch {
  /** Undefined until a session opened. */
  first(): Transport | undefined;
  now(): Transport;
  /** Resolves with the transport once no upgrade is under way any more. */
  settled: Promise<Transport>;
}

// Listens to the engine's "handshake": by the time the socket says "connect", the upgrade may be over already.
export function watchTransports(
  engine: Socket["io"]["engine"],
  wanted: readonly Transport[],
): TransportWatch {
  const now = (): Transport => engine.transport.name as Transport;
  const isOpen = engine.readyState === "open";
  let first = isOpen ? now() : undefined;
  const settled = new Promise<Transport>((resolve) => {
    const settle = (): void => resolve(now());
    // A session that was opened for another connection: `open` of that one has waited for the upgrade.
    if (isOpen) settle();
    engine.once("handshake", ({ upgrades }) => {
      first = now();
      // With `tryAllTransports` those before the first one that worked are out of the game.
      const left = wanted.slice(wanted.indexOf(first));
      if (!left.some((transport) => upgrades.includes(transport))) settle();
    });
    for (const event of ["upgrade", "upgradeError", "close"] as const) engine.once(event, settle);
  });
  return { first: () => first, now, settled };
}

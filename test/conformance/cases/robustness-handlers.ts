// The events of our own servers, called in every wrong way, and events of names that no handler has.
import type { Case } from "../case.ts";
import { connect, settle } from "../connection.ts";
import { expectEqual } from "../expectation.ts";
import type { Capability } from "../target.ts";
import { LOOK_AT_THE_CALL, WRONG_CALLS } from "../wrong-calls.ts";

const ARGUMENTS = "https://socket.io/docs/v4/server-socket-instance/#event-arguments-validation";
const ACK = "https://socket.io/docs/v4/emitting-events/#acknowledgements";

const EVENTS: [event: string, needs: Capability][] = [
  ["whoami", "whoami"],
  ["listConnected", "user-rooms"],
  ["isConnected", "user-rooms"],
  ["sendNote", "user-rooms"],
];

const calls = EVENTS.flatMap(([event, need]) =>
  WRONG_CALLS.map(({ name, what, source, makePacket }): Case => ({
    id: `robustness.${event}-${name}`,
    title: `goes on after ${event} was called ${what}`,
    source,
    needs: [need],
    remedy: LOOK_AT_THE_CALL,
    run: async (probe) => {
      const connection = await connect(probe);
      await connection.session.send(makePacket(event));
      await settle(connection);
    },
  })),
);

const PROTOTYPE_NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "error",
  "message",
];

const names = PROTOTYPE_NAMES.map((name): Case => ({
  id: `robustness.event-${name}`,
  title: `goes on after an event named ${name}`,
  source: ARGUMENTS,
  needs: [],
  run: async (probe) => {
    const connection = await connect(probe);
    await connection.session.send(`427["${name}",{}]`);
    await settle(connection);
  },
}));

const answers: Case[] = [
  {
    id: "robustness.whoami-after-mistakes",
    title: "answers whoami rightly after it was called in every wrong way",
    source: ARGUMENTS,
    needs: ["whoami", "mint", "data-claim"],
    run: async (probe) => {
      const user = probe.newUser();
      const connection = await connect(probe, { user });
      for (const { makePacket } of WRONG_CALLS) await connection.session.send(makePacket("whoami"));
      expectEqual(await connection.ask("whoami"), user, "user");
    },
  },
  {
    id: "robustness.whoami-twice",
    title: "answers two questions at once, each with its own acknowledgement",
    source: ACK,
    needs: ["whoami"],
    run: async (probe) => {
      const { session } = await connect(probe);
      await session.send('428["whoami"]', '429["whoami"]');
      await session.next("438[");
      await session.next("439[");
    },
  },
];

export const handlerRobustnessCases: Case[] = [...calls, ...names, ...answers];

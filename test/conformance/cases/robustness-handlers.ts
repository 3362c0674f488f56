// Events called in every wrong way: without acknowledgement, with too many arguments, with arguments of any kind.
import type { Case } from "../case.ts";
import { connect, settle } from "../connection.ts";
import { expectEqual } from "../expectation.ts";
import type { Capability } from "../target.ts";

const ARGUMENTS = "https://socket.io/docs/v4/server-socket-instance/#event-arguments-validation";
const ACK = "https://socket.io/docs/v4/emitting-events/#acknowledgements";

const EVENTS: [event: string, needs: Capability][] = [
  ["whoami", "whoami"],
  ["listConnected", "user-rooms"],
  ["isConnected", "user-rooms"],
  ["sendNote", "user-rooms"],
];

// oxfmt-ignore
const CALLS: [name: string, what: string, source: string, makePacket: (event: string) => string][] = [
  ["no-ack", "without arguments and acknowledgement", ACK, (event) => `42["${event}"]`],
  ["no-ack-arguments", "with arguments and without acknowledgement", ACK, (event) => `42["${event}",1,"hello"]`],
  ["ack-alone", "with an acknowledgement alone", ACK, (event) => `427["${event}"]`],
  ["null", "with null in place of everything", ARGUMENTS, (event) => `427["${event}",null,null,null]`],
  ["objects", "with objects that cannot be a text", ARGUMENTS, (event) => `427["${event}",{"toString":1,"valueOf":1},{"length":-1}]`],
  ["prototype", "with __proto__ and constructor", ARGUMENTS, (event) => `427["${event}",{"__proto__":{"x":1}},{"constructor":{"prototype":{"x":1}}}]`],
  ["lists", "with lists", ARGUMENTS, (event) => `427["${event}",[1],[[2]]]`],
  ["numbers", "with numbers beyond all bounds", ARGUMENTS, (event) => `427["${event}",1e400,-1e400]`],
  ["texts", "with a text of 60,000 characters", ARGUMENTS, (event) => `427["${event}","${"x".repeat(60_000)}",""]`],
  ["many", "with a thousand arguments", ARGUMENTS, (event) => `427["${event}"${",0".repeat(1000)}]`],
  ["function", "with a text in place of the acknowledgement", ACK, (event) => `42["${event}",1,"x","function(){}"]`],
];

const calls = EVENTS.flatMap(([event, need]) =>
  CALLS.map(([name, what, source, makePacket]): Case => ({
    id: `robustness.${event}-${name}`,
    title: `goes on after ${event} was called ${what}`,
    source,
    needs: [need],
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
      for (const [, , , makePacket] of CALLS) await connection.session.send(makePacket("whoami"));
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

// The events that a person has named, called in every wrong way: what they answer is theirs, but the server lives on.
import type { Case } from "../case.ts";
import { besideAnother, connect, type Connection, settleOrEnd } from "../connection.ts";
import type { Target } from "../target.ts";
import { LOOK_AT_THE_CALL, WRONG_CALLS } from "../wrong-calls.ts";

/** Whether anything came of a call: a server may also end the session of a client that calls so. */
async function isAnswered(connection: Connection): Promise<boolean> {
  if (!(await settleOrEnd(connection))) return true;
  // An event or an acknowledgement, with binary parts or without.
  return connection.session.inbox.some((packet) => /^4[2356]/.test(packet));
}

function keyOf(event: string): string {
  return `events.is-answered ${event}`;
}

/** The named events that were called and of which nothing came: the server may ignore wrong calls, or not know the name. */
export function silentEvents({ events }: Target, memory: ReadonlyMap<string, string>): string[] {
  return events.filter((event) => memory.get(keyOf(event)) === "no");
}

export const namedEventCases: Case[] = WRONG_CALLS.map(({ name, what, source, makePacket }) => ({
  id: `robustness.events-${name}`,
  title: `lives on after each of the named events was called ${what}`,
  source,
  needs: ["events"],
  remedy: LOOK_AT_THE_CALL,
  run: async (probe) => {
    for (const event of probe.target.events)
      await besideAnother(probe, async () => {
        const connection = await connect(probe);
        await connection.session.send(makePacket(event));
        const answer = (await isAnswered(connection)) ? "yes" : "no";
        if (answer === "yes" || !probe.memory.has(keyOf(event)))
          probe.memory.set(keyOf(event), answer);
      });
  },
}));

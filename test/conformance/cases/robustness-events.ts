// The events that a person has named, called in every wrong way: what they answer is theirs, but the server lives on.
import type { Case } from "../case.ts";
import { connect, type Connection, settle } from "../connection.ts";
import { ExpectationFailure } from "../expectation.ts";
import { WRONG_CALLS } from "../wrong-calls.ts";

/** A server may end the session of whoever calls it so. Whether it has ended altogether is looked at after each case. */
async function settleOrEnd(connection: Connection): Promise<void> {
  try {
    await settle(connection);
  } catch (error) {
    const hasEnded = error instanceof ExpectationFailure && /session ended|closed/.test(error.seen);
    if (!hasEnded) throw error;
  }
}

export const namedEventCases: Case[] = WRONG_CALLS.map(({ name, what, source, makePacket }) => ({
  id: `robustness.events-${name}`,
  title: `lives on after each of the named events was called ${what}`,
  source,
  needs: ["events"],
  remedy:
    "Look at each argument before you use it, and whether the acknowledgement is a function before you call it.",
  run: async (probe) => {
    for (const event of probe.target.events) {
      const connection = await connect(probe);
      await connection.session.send(makePacket(event));
      await settleOrEnd(connection);
    }
  },
}));

// Floods: a client that sends too much is ended or slowed down, one that does not read is ended, and nobody else suffers.
import { setTimeout as sleep } from "node:timers/promises";
import type { Case } from "../case.ts";
import { connect, type Connection, settle, settleOrEnd } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { inTime, type Probe } from "../probe.ts";
import type { Transport } from "../raw-engine.ts";
import { join, userRoomCase } from "../user-room.ts";

const CWE = "CWE-770";
const BURST = 2000;
const TRANSPORTS = ["websocket", "polling"] as const;

/** Goes on reading until a note with this text has come. */
async function readUntil({ session }: Connection, text: string): Promise<void> {
  while (!(await session.next('42["note"')).includes(JSON.stringify(text)));
}

function burstCase(sender: Transport, recipient: Transport): Case {
  return userRoomCase(
    `burst-${sender}-to-${recipient}`,
    `keeps the recipient of ${BURST} notes in one burst connected (sent by ${sender}, received by ${recipient})`,
    async (probe) => {
      const user = probe.newUser();
      const receiver = await connect(probe, { transport: recipient, user });
      const flooder = await connect(probe, { transport: sender });
      const friend = await join(probe);
      const reading = readUntil(receiver, "the last");
      // Awaited below; until then a failure must not count as unhandled.
      reading.catch(() => undefined);
      const note = `42${JSON.stringify(["sendNote", user.id, "x"])}`;
      await flooder.session.send(...Array.from({ length: BURST }, () => note));
      await settleOrEnd(flooder);
      await friend.ask("sendNote", user.id, "the last");
      await reading;
    },
    [sender, recipient],
  );
}

function messagesCase(transport: Transport): Case {
  return {
    id: `robustness.messages-many-${transport}`,
    title: `ends a client that sends ${BURST} questions at once by ${transport}, or leaves some unanswered`,
    source: CWE,
    needs: [transport, "whoami", "message-limit"],
    run: async (probe) => {
      const asking = await connect(probe, { transport });
      await asking.session.send(...Array.from({ length: BURST }, () => '421["whoami"]'));
      await settleOrEnd(asking);
      const answers = asking.session.inbox.filter((packet) => packet.startsWith("431[")).length;
      expectThat(answers < BURST, `fewer than ${BURST} answers`, `${answers} answers`);
    },
  };
}

// A control character takes six bytes in JSON: more than ten megabytes in all, and no sender sends a hundred in a second.
const LONG_NOTE = "\u0001".repeat(500);
const SENDERS = 40;
const POSTS_EACH = 6;
const NOTES_IN_POST = 15;
const ASK_EVERY_MS = 50;

async function writeTenMegabytes(probe: Probe, userId: number): Promise<void> {
  const note = `42${JSON.stringify(["sendNote", userId, LONG_NOTE])}`;
  const post = Array.from({ length: NOTES_IN_POST }, () => note);
  for (let count = 0; count < SENDERS; count += 1) {
    const sender = await join(probe);
    for (let posts = 0; posts < POSTS_EACH; posts += 1) await sender.session.send(...post);
    await settle(sender);
  }
}

/** Writes to a user until nobody receives it any more. */
async function writeUntilGone({ ask }: Connection, userId: number): Promise<void> {
  for (;;) {
    const answer = await ask("sendNote", userId, "x");
    if ((answer as { connections: number }).connections === 0) return;
    await sleep(ASK_EVERY_MS);
  }
}

const unread = userRoomCase(
  "notes-unread",
  "ends a client that fetches nothing of ten megabytes that others write to it",
  async (probe) => {
    const user = probe.newUser();
    await connect(probe, { transport: "polling", user });
    await writeTenMegabytes(probe, user.id);
    const writer = await join(probe);
    await inTime(probe, "the recipient to be ended", writeUntilGone(writer, user.id));
  },
  ["polling", "unread-limit"],
);

export const floodCases: Case[] = [
  ...TRANSPORTS.flatMap((sender) => TRANSPORTS.map((recipient) => burstCase(sender, recipient))),
  ...TRANSPORTS.map(messagesCase),
  unread,
];

// Many clients with tokens, two of each user, that come back when a connection breaks, and write notes to each other.
import { once } from "node:events";
import jwt from "jsonwebtoken";
import { io, type Socket } from "socket.io-client";
import { inLanes } from "../../model/gate.ts";
import type { Client, Ledger, Note, Presence } from "./ledger.ts";

/** The answers to the senders: how many connections there are, an error, or nothing. */
export interface Answers {
  whole: number;
  errors: number;
  none: number;
}

export interface Crowd {
  readonly clients: readonly Client[];
  connected(): number;
  /** From now on, notes are counted there. */
  countIn(ledger: Ledger): void;
  /** A client that is connected writes to a user. @returns the answer */
  sendOne(): Promise<keyof Answers>;
  leave(): void;
}

interface Member extends Client {
  socket: Socket;
  presences: Presence[];
}

const CONNECTING_AT_ONCE = 50;
/** A server says after three seconds that another one has not answered. */
const LONGEST_ANSWER_MS = 10_000;

/** Connects them all. @param secret by which their tokens are signed */
export async function gather(url: string, secret: string, count: number): Promise<Crowd> {
  const users = Math.ceil(count / 2);
  let ledger: Ledger | undefined;
  let notes = 0;
  let turn = 0;

  async function join(number: number): Promise<Member> {
    const userId = 1 + (number % users);
    const token = tokenOf(userId, secret);
    const socket = io(url, { auth: { token }, forceNew: true, timeout: 60_000 });
    const member: Member = { userId, socket, presences: [] };
    socket.on("connect", () => member.presences.push({ fromMs: performance.now() }));
    socket.on("disconnect", () => {
      const last = member.presences.at(-1);
      if (last !== undefined) last.toMs = performance.now();
    });
    socket.on("note", ({ from, text }: { from: { id: number }; text: string }) =>
      ledger?.receive(text, from.id, { client: number, userId }),
    );
    await once(socket as unknown as NodeJS.EventEmitter, "connect");
    return member;
  }

  const members = await inLanes(
    Array.from({ length: count }, (_, at) => at),
    CONNECTING_AT_ONCE,
    join,
  );

  /** The next one that is connected. */
  function nextSender(): Member {
    for (let tries = 0; tries < count; tries += 1) {
      const member = members[turn++ % count]!;
      if (member.socket.connected) return member;
    }
    throw new Error("None of the clients is connected any more.");
  }

  return {
    clients: members,
    connected: () => members.filter(({ socket }) => socket.connected).length,
    countIn: (next) => void (ledger = next),
    async sendOne() {
      const { socket, userId, presences } = nextSender();
      notes += 1;
      // Neither the same pairs in every round, nor by chance: a run is to be like the one before.
      const to = 1 + ((notes * 7) % users);
      const text = `note ${notes}`;
      const note: Note = { from: userId, to, sentMs: performance.now() };
      ledger?.send(text, note);
      const presence = presences.at(-1)!;
      try {
        const waiting = socket.timeout(LONGEST_ANSWER_MS).emitWithAck("sendNote", to, text);
        const answer = (await waiting) as { connections?: number };
        return answer.connections === undefined ? "errors" : "whole";
      } catch {
        // The connection broke, as its server was killed; or else there is no answer.
        note.isUnanswered = presence.toMs !== undefined;
        return "none";
      }
    },
    leave() {
      for (const { socket } of members) socket.disconnect();
    },
  };
}

function tokenOf(userId: number, secret: string): string {
  return jwt.sign({ data: { id: userId, username: `user ${userId}` } }, secret, {
    issuer: "accounts.examplesoft.com",
    audience: "yoursite.net",
    expiresIn: 3_600,
  });
}

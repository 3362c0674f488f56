// How the arguments of an event are read, and how the event is answered.
import { MissingAnswer } from "./other-servers.ts";
import type { UserSocket } from "./user-rooms.ts";

// --- Reading arguments ---

// No handler trusts its arguments: a client can send anything, or leave the acknowledgement out. If
// there is one, it is the last argument.
export function answer(args: unknown[], reply: unknown): void {
  const acknowledge = args.at(-1);
  if (typeof acknowledge === "function") acknowledge(reply);
}

export function isUserId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

// Room for a sentence or two; what one user sends to others needs a limit.
export const LONGEST_NOTE_CHARACTERS = 500;

export function isNote(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_NOTE_CHARACTERS;
}

// --- Answering later ---

// As many as `limits` lets a client ask in a second.
const MOST_WAITING_ANSWERS = 100;
const waitingAnswers = new WeakMap<UserSocket, number>();

/** For an answer that needs the other servers. One of them may have ended, or be busy. */
export async function answerLater(
  socket: UserSocket,
  args: unknown[],
  ask: () => Promise<unknown>,
): Promise<void> {
  const waiting = waitingAnswers.get(socket) ?? 0;
  if (waiting >= MOST_WAITING_ANSWERS)
    return answer(args, { error: "Too many of your questions wait for an answer." });
  waitingAnswers.set(socket, waiting + 1);
  try {
    answer(args, await ask());
  } catch (error) {
    if (!(error instanceof MissingAnswer)) throw error;
    answer(args, { error: error.message });
  } finally {
    waitingAnswers.set(socket, waitingAnswers.get(socket)! - 1);
  }
}

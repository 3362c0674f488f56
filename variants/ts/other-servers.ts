// Asks the other servers: with several behind one address, each knows only its own connections.
import type { UserServer } from "./user-rooms.ts";

// A server that was killed is noticed after about ten seconds. Until then, every question waits as long as this; a
// client that waits for an answer should wait longer.
const LONGEST_WAIT_MS = 3_000;

/** Some server has not answered, so nobody knows the whole answer. */
export class MissingAnswer extends Error {}

type Adapter = UserServer["sockets"]["adapter"];

// --- Answering ---

/** Lets this server answer a question of the others. */
export function answerOthers(
  io: UserServer,
  question: string,
  answer: (about: never) => unknown,
): void {
  // An event between servers: no client can send it.
  io.on(question, (about: unknown, reply: (answer: unknown) => void) =>
    reply(answer(about as never)),
  );
}

// --- Asking ---

// Not `fetchSockets()`: each server would send the handshake of every socket, with the token in it, and all that is asked
// is a number or a list of names.
async function ask(adapter: Adapter, packet: unknown[]): Promise<unknown[]> {
  // With the adapter in memory this is always so.
  if ((await adapter.serverCount()) < 2) return [];
  return new Promise((resolve, reject) => {
    const finish = (error: Error | null, answers: unknown[]) =>
      error ? reject(error) : resolve(answers);
    // Not `io.serverSideEmitWithAck()`: it drops the promise of the adapter, and one that fails would end the process.
    Promise.resolve(adapter.serverSideEmit([...packet, finish])).catch(reject);
  });
}

/**
 * Asks all other servers, and does not wait for them forever.
 * @param about such as the id of a user; left out in a question about all users
 * @returns one answer of each
 * @throws MissingAnswer
 */
export function askOthers<Answer>(
  io: UserServer,
  question: string,
  about: unknown = 0,
): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const giveUp = (cause?: unknown) =>
      reject(new MissingAnswer("Not every server has answered.", { cause }));
    const timer = setTimeout(giveUp, LONGEST_WAIT_MS);
    ask(io.sockets.adapter, [question, about])
      .then((answers) => resolve(answers as Answer[]), giveUp)
      .finally(() => clearTimeout(timer));
  });
}

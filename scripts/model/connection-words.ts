// What came of an attempt in a few words, for a cell of the matrix in the terminal and on the page. Pure.
import type { Connected } from "./outcome.ts";

/**
 * As whom and on what transport; where something was sent, what came of that instead. Nothing in it is masked.
 * @param arrow between two transports
 */
export function connectionWords(connected: Connected, arrow: string): string {
  const { user, replies, received, firstTransport: first, lastTransport: last } = connected;
  const events = received.flat().length;
  if (replies.length === 0 && events === 0)
    return `${user?.username ?? "nobody"}, ${first === last ? first : first + arrow + last}`;
  const noted = replies.map((reply) => JSON.stringify(reply));
  if (events > 0) noted.push(events === 1 ? "1 event" : `${events} events`);
  return noted.join(", ");
}

/** A body that holds one message is as good as that message. */
export function messageIn(body: unknown): unknown {
  const { message } = (body ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : body;
}

/**
 * Who received something, of all that an attempt connected: the others first, and last the one that sent.
 * @param count how many there are
 */
export function receiverName(index: number, count: number): string {
  if (count === 1) return "it";
  return index === count - 1 ? "the sender" : `tab ${index + 1}`;
}

// Stores the tokens that were seen on the wire, so that a page can put one on its bench: a trace holds only their ids.
import { randomUUID } from "node:crypto";
import { textOfToken } from "../lab/wire/seen-tokens.ts";
import { LONGEST_TOKEN } from "../model/token-parts.ts";
import { tokensOf, type Trace } from "../model/trace.ts";

export interface SeenTokens {
  /** Gives each token of a trace an id; those of older traces are forgotten in turn. */
  name(trace: Trace): void;
  /** The text of the token with that id; undefined if it is forgotten. */
  find(id: string): string | undefined;
}

/** A lesson has some 50. They are only in memory, and only a page with a pass can ask for one. */
const MOST_TOKENS = 500;

export function openSeenTokens(): SeenTokens {
  const texts = new Map<string, string>();
  const ids = new Map<string, string>();

  function idOf(text: string): string {
    const id = ids.get(text) ?? randomUUID();
    ids.set(text, id);
    // Deleted first, it becomes the newest: a Map keeps the place of a key that is set again.
    texts.delete(id);
    texts.set(id, text);
    const [oldest] = texts;
    if (texts.size > MOST_TOKENS && oldest !== undefined) {
      texts.delete(oldest[0]);
      ids.delete(oldest[1]);
    }
    return id;
  }

  return {
    name({ steps }) {
      for (const token of steps.flatMap(tokensOf)) {
        const text = textOfToken(token);
        if (text !== undefined && text.length <= LONGEST_TOKEN) token.id = idOf(text);
      }
    },
    find: (id) => texts.get(id),
  };
}

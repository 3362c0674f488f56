// Marks in a trace the tokens whose user was changed after signing: only the owner of the secret can see that.
import { tokensOf, type Trace } from "../model/trace.ts";
import { findForgery } from "./named-tokens.ts";
import { textOfToken } from "./wire/seen-tokens.ts";

export function markForgeries({ steps }: Trace, secret: string): void {
  for (const token of steps.flatMap(tokensOf)) {
    const forged = findForgery(textOfToken(token) ?? "", secret);
    if (forged !== undefined) token.forged = forged;
  }
}

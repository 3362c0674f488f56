// A token that somebody types or pastes: found in what is around it, and looked at for whether it can be sent at all. Pure.
import { findToken } from "../../../scripts/model/find-token.ts";
import { LONGEST_TOKEN } from "../../../scripts/model/token-parts.ts";

/** The token in a text; or, in a sentence, why it cannot be taken or sent. */
export function readTyped(text: string): { token: string } | { problem: string } {
  const found = findToken(text);
  if ("problem" in found) return found;
  const problem = unsendable(found.token);
  return problem === undefined ? found : { problem };
}

function unsendable(token: string): string | undefined {
  if (token.length > LONGEST_TOKEN)
    return `It has ${token.length.toLocaleString("en-GB")} characters and was left out: the sandbox takes up to ${LONGEST_TOKEN.toLocaleString("en-GB")}.`;
  // RFC 9110 §5.5
  if (/[^\u0021-\u007e]/.test(token))
    return "It was left out, since it has characters that no HTTP header can carry: a token consists of letters, digits, “-”, “_” and dots.";
  return undefined;
}

/** What was pasted or dropped is complete at once; what is typed, when the person is done. */
export function isPasted({ inputType }: InputEvent): boolean {
  return /^insertFrom(Paste|Drop)/.test(inputType);
}

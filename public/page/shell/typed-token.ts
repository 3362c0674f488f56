// A token that somebody types or pastes: cleaned, and looked at for whether it can be sent at all. Pure.

/** No longer than what the sandbox server takes; Node itself refuses headers of more than 16 kB. */
const LONGEST_TOKEN = 8_192;

/** A token as it is copied from a header, a terminal or JSON: without scheme, quotes, spaces and line breaks. */
export function cleanToken(text: string): string {
  return (tokenInJson(text) ?? text)
    .trim()
    .replace(/^"?authorization"?\s*:\s*/i, "")
    .replace(/^["'`]+/, "")
    .replace(/^bearer\s+/i, "")
    .replaceAll(/["'`,;]+$|\s+/g, "");
}

/** The member `token` of a JSON object, such as the answer to a login. */
function tokenInJson(text: string): string | undefined {
  return /^\s*\{.*?"token"\s*:\s*"([^"]*)"/s.exec(text)?.[1];
}

/** Why this text cannot be sent at all, in a sentence. */
export function unsendable(text: string): string | undefined {
  if (text.length > LONGEST_TOKEN)
    return `It has ${text.length.toLocaleString("en-GB")} characters and was not sent: the sandbox takes up to ${LONGEST_TOKEN.toLocaleString("en-GB")}, half of what Node takes for all headers of a request.`;
  // RFC 9110 §5.5
  if (/[^\u0021-\u007e]/.test(text))
    return "It was not sent, since it has characters that no HTTP header can carry: a token consists of letters, digits, “-”, “_” and dots.";
  return undefined;
}

/** What was pasted or dropped is complete at once; what is typed, when the person is done. */
export function isPasted({ inputType }: InputEvent): boolean {
  return /^insertFrom(Paste|Drop)/.test(inputType);
}

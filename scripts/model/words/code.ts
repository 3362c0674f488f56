// Pieces of client code: what a person would write. Pure.
import type { ActToken } from "../schema-pieces.ts";
import { TOKEN_COOKIE } from "../vocabulary.ts";

/** `io({ … })`: a call with options, each on a line of its own. @param start with its arguments before them */
export function callWith(start: string, options: readonly string[]): string {
  if (options.length === 0) return `${start})`;
  const comma = start.endsWith("(") ? "" : ", ";
  return `${start}${comma}{\n${options.map((line) => `  ${line},\n`).join("")}})`;
}

/** The variable that holds a connection: `tab 1` → `tab1`. */
export function socketVariable(as: string): string {
  return as.replaceAll(/ (\w)/g, (_blank, letter: string) => letter.toUpperCase());
}

/** The variable that holds a token: `expired` → `expiredToken`. A token that was typed is never shown. */
export function tokenVariable(token: ActToken): string {
  if (token === "valid") return "token";
  if (typeof token !== "string") return "answered" in token ? "answeredToken" : "typedToken";
  return `${token.replaceAll(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())}Token`;
}

/** The value of the header, as a template. */
export function bearerTemplate(scheme: string, token: ActToken): string {
  return `\`${scheme} \${${tokenVariable(token)}}\``;
}

/** The value of the header `Cookie`, as a template. */
export function cookieTemplate(token: ActToken): string {
  return `\`${TOKEN_COOKIE}=\${${tokenVariable(token)}}\``;
}

/** Takes the token out of the cookie that an answer sets. */
export const READ_COOKIE = `/* only in Node */ const [, answeredToken] = /${TOKEN_COOKIE}=([^;]+)/.exec(answer.headers.get("set-cookie"));`;

/** The payload's token, as an object. */
export function payloadObject(token: ActToken): string {
  const variable = tokenVariable(token);
  return variable === "token" ? "{ token }" : `{ token: ${variable} }`;
}

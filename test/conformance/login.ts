// The login of a target, and what its answers have in common.
import { expectThat } from "./expectation.ts";
import type { Probe } from "./probe.ts";
import { describeResponse, type Headers, type RawResponse, sendRequest } from "./raw-http.ts";
import type { Target } from "./target.ts";

/** POSTs any body to the login path, as JSON unless the headers say otherwise. */
export function postLogin(
  probe: Probe,
  body: string | Buffer,
  headers: Headers = {},
): Promise<RawResponse> {
  return sendRequest(probe, {
    method: "POST",
    path: probe.target.loginPath,
    headers: { "Content-Type": "application/json", ...headers },
    body,
  });
}

/** The body of a login with the target's credentials. @param changes undefined leaves a credential out */
export function loginBody(
  { loginBody: body, credentials }: Target,
  changes: { username?: unknown; password?: unknown } = {},
): string {
  const values: Record<string, unknown> = { ...credentials, ...changes };
  return JSON.stringify(body, (_name, value: unknown) => {
    const [, name] = typeof value === "string" ? (/^\{(\w+)\}$/.exec(value) ?? []) : [];
    return name !== undefined && name in values ? values[name] : value;
  });
}

/** POSTs credentials that must be refused, then the right ones: a server may lock out a user after a few failures in a row. */
export async function postWrong(
  probe: Probe,
  changes: { username?: unknown; password?: unknown },
): Promise<RawResponse> {
  const answer = await postLogin(probe, loginBody(probe.target, changes));
  await postLogin(probe, loginBody(probe.target));
  return answer;
}

/** The text at a path such as `data.token`. */
export function tokenAt(content: unknown, path: string): string | undefined {
  const value = path
    .split(".")
    .reduce((part: unknown, name) => (Object(part) as Record<string, unknown>)[name], content);
  return typeof value === "string" ? value : undefined;
}

/** Logs in with the right credentials. @throws ExpectationFailure unless the answer is a success, and JSON */
export async function postCredentials(
  probe: Probe,
): Promise<{ answer: RawResponse; content: unknown }> {
  const answer = await postLogin(probe, loginBody(probe.target));
  const isDone = answer.status >= 200 && answer.status < 300;
  expectThat(isDone, "a status from 200 to 299 for the login", describeResponse(answer));
  expectThat(isJson(answer.body), "JSON for the login", describeResponse(answer));
  return { answer, content: JSON.parse(answer.body) };
}

/** Logs in with the right credentials. @throws ExpectationFailure if no token comes */
export async function fetchToken(probe: Probe): Promise<{ answer: RawResponse; token: string }> {
  const { tokenField = "token" } = probe.target;
  const { answer, content } = await postCredentials(probe);
  const token = tokenAt(content, tokenField);
  expectThat(token !== undefined, `a token in the field ${tokenField}`, describeResponse(answer));
  return { answer, token };
}

interface Login {
  answer: RawResponse;
  token: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** Logs in, and reads the token. @throws ExpectationFailure if no token comes */
export async function logIn(probe: Probe): Promise<Login> {
  const { answer, token } = await fetchToken(probe);
  const [header, claims] = token.split(".", 2).map(decode);
  return { answer, token, header: header ?? {}, claims: claims ?? {} };
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
}

/** @throws ExpectationFailure unless the body is JSON and says so */
export function expectJson(answer: RawResponse): void {
  const isLabelled = /^application\/json\b/.test(answer.headers["content-type"] ?? "");
  expectThat(isLabelled && isJson(answer.body), "a JSON body", describeResponse(answer));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // That it is none is the answer.
    return false;
  }
}

/** An answer to what was refused: JSON if the target claims so. @throws ExpectationFailure unless it is, or if it tells too much */
export function expectErrorBody({ target }: Probe, answer: RawResponse): void {
  if (target.claims.has("uniform-errors")) expectJson(answer);
  expectNoStack(answer);
  expectNoSecret(target, answer.body);
}

/** @throws ExpectationFailure if a text holds the target's secret */
export function expectNoSecret({ secret }: Target, text: string): void {
  const isTold = secret !== undefined && text.includes(secret);
  expectThat(!isTold, "no secret in the answer", "the secret");
}

const HIDE_THE_STACK =
  "Send no stack with an error: run the server for production, or answer errors yourself (in Express with a last handler of four parameters).";

// A frame of JavaScript or Java, of Python, of PHP, Go or Ruby; a path into a folder of packages.
const STACK =
  /(?:^|\n|\\n|>)(?:\s|&nbsp;)*at .{0,200}[:(][^\s:]+:\d+|Traceback \(most recent|File \\?"[^"]+\\?", line \d+|#\d+ \S+\(\d+\)|goroutine \d+ \[|\.rb:\d+:in |node_modules\/|site-packages\//;

/** Whether a text shows how the server looks from within; a time of day is not a line of a file. */
export function isStack(text: string): boolean {
  return STACK.test(text);
}

/** @throws ExpectationFailure if an answer shows how the server looks from within */
export function expectNoStack(answer: RawResponse): void {
  expectThat(
    !isStack(answer.body),
    "no stack in the body",
    describeResponse(answer),
    HIDE_THE_STACK,
  );
}

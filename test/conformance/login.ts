// The login of a target, and what its answers have in common.
import { expectEqual, expectThat } from "./expectation.ts";
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

export interface Login {
  answer: RawResponse;
  token: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** Logs in with the right credentials. @throws ExpectationFailure if no token comes */
export async function logIn(probe: Probe): Promise<Login> {
  const answer = await postLogin(probe, JSON.stringify(probe.target.credentials));
  expectEqual(answer.status, 200, "status of the login");
  const { token } = JSON.parse(answer.body) as { token?: unknown };
  expectThat(typeof token === "string", "{ token }", describeResponse(answer));
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
  "Send no stack with an error: set NODE_ENV=production, or answer errors yourself (in Express a last handler with four parameters).";

/** @throws ExpectationFailure if an answer shows how the server looks from within */
export function expectNoStack(answer: RawResponse): void {
  const isTelling = /\bat .*:\d+:\d+|node_modules|Error:/.test(answer.body);
  expectThat(!isTelling, "no stack in the body", describeResponse(answer), HIDE_THE_STACK);
}

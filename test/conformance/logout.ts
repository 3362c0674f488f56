// Logging in and out by HTTP, and what a client sees when its sockets are ended for it.
import { bearerHeader, type Connection, placeToken } from "./connection.ts";
import { logInByCookie } from "./cookie-login.ts";
import { ExpectationFailure, expectThat } from "./expectation.ts";
import { fetchToken } from "./login.ts";
import { isSilence, type Probe } from "./probe.ts";
import { describeResponse, type Headers, type RawResponse, sendRequest } from "./raw-http.ts";

/** Logs in, and returns the token. Two of these are two logins of one user. */
export async function newLogin(probe: Probe): Promise<string> {
  const isByCookie = probe.target.claims.has("login-cookie");
  return isByCookie ? (await logInByCookie(probe)).value : (await fetchToken(probe)).token;
}

/** Sends the token where the self path takes it. @param token undefined: none */
export function postLogout(
  probe: Probe,
  token: string | undefined,
  { body = {}, headers = {} }: { body?: Record<string, unknown>; headers?: Headers } = {},
): Promise<RawResponse> {
  const credential = token === undefined ? {} : headersWith(probe, token);
  return sendRequest(probe, {
    method: "POST",
    path: "/logout",
    headers: { "Content-Type": "application/json", ...credential, ...headers },
    body: JSON.stringify(body),
  });
}

function headersWith({ target }: Probe, token: string): Headers {
  const cookie = target.places.find(({ carrier }) => carrier === "cookie");
  return target.claims.has("self-cookie") && cookie !== undefined
    ? placeToken(target, token, cookie).headers
    : bearerHeader(target, token);
}

/** @throws ExpectationFailure unless the answer is a success */
export async function logOut(
  probe: Probe,
  token: string,
  body: Record<string, unknown> = {},
): Promise<RawResponse> {
  const answer = await postLogout(probe, token, { body });
  const isDone = answer.status >= 200 && answer.status < 300;
  expectThat(isDone, "a status from 200 to 299 for the logout", describeResponse(answer));
  return answer;
}

/** Waits until the server has ended a socket, or its session. @throws ExpectationFailure if it does not */
export async function expectEnded({ session }: Connection, namespace = ""): Promise<void> {
  try {
    await session.next(`41${namespace}`);
  } catch (error) {
    if (error instanceof ExpectationFailure && !isSilence(error)) return;
    throw error;
  }
}

// Why a server cannot be judged, in one sentence that says what to look at.
import { mask, secretsOf } from "../../test/conformance/mask.ts";
import { isSilence } from "../../test/conformance/probe.ts";
import type { Transport } from "../../test/conformance/raw-engine.ts";
import type { Target } from "../../test/conformance/target.ts";

/** What was expected of the server, and what it did. */
interface Refusal {
  expected: string;
  seen: string;
}

/** Why no token came of the login. */
export function explainLogin(target: Target, { seen }: Pick<Refusal, "seen">): string {
  const shown = mask(seen, secretsOf(target));
  if (hasNoAnswer(seen))
    return `${target.url} does not answer a POST of the credentials to ${target.loginPath} (${shown}): check --login.`;
  const check =
    readStatus(seen) === 200
      ? "check --login and --token-field, or give it a token that you have fetched yourself in --token"
      : "check --login, --login-body, --username and --password";
  return `${target.url} gives no token for a POST of the credentials to ${target.loginPath} (${shown}): ${check}.`;
}

/**
 * Why no socket came of a good token.
 * @param isOnlyThere by another transport one did
 */
export function explainRefusal(
  target: Target,
  { expected, seen }: Refusal,
  { transport, isOnlyThere }: { transport: Transport; isOnlyThere: boolean },
): string {
  const { url, socketPath } = target;
  const shown = mask(seen, secretsOf(target));
  if (isOnlyThere)
    return `${url} accepts a good token, but not by ${transport} (${shown}): look at what stands before it, or give --without ${transport}.`;
  const isOpen = expected !== 'a packet "0"';
  const status = readStatus(seen);
  if (status !== undefined && status >= 300 && status < 400)
    return `${url} sends a request for ${socketPath} elsewhere (${status}): something before the server wants a sign-in or another address, so test the server itself.`;
  if (!isOpen || (status !== undefined && isOfNoSocketIO(status)))
    return `${url} has no Socket.IO at ${socketPath} (${status ?? shown}): check --url and --path.`;
  if (hasNoAnswer(seen))
    return `${url} does not answer a good token at ${socketPath} (${shown}): check --path, and what stands before the server.`;
  return `${url} does not accept a good token (${shown}): check ${listSuspects(target)}.`;
}

/** It has answered before, without a credential. */
function hasNoAnswer(seen: string): boolean {
  return isSilence({ seen }) || /ECONN/.test(seen);
}

/** Why nothing can be judged where most requests get 429. */
export function explainLimit({ url }: Target): string {
  return `${url} limits requests (429): wait, restart it, or lift its limit for the test.`;
}

/** The status of an answer to a request, or to one for a WebSocket as `ws` tells it. */
function readStatus(seen: string): number | undefined {
  const [, polled, upgraded] = /^(\d{3}), |^Unexpected server response: (\d{3})$/.exec(seen) ?? [];
  return polled === undefined && upgraded === undefined ? undefined : Number(polled ?? upgraded);
}

/** A refused handshake gets another status; the answer to an accepted one begins with an open packet. */
function isOfNoSocketIO(status: number): boolean {
  return status < 400 || [404, 405, 501].includes(status);
}

/** The places where the token was tried are named as well: it may travel in another way. */
function listSuspects({ secret, privateKey, token, wishes }: Target): string {
  const where =
    wishes.length > 0
      ? "and where it travels (--token-in)"
      : "and where it travels, which is none of the usual places: the header with Bearer or bare, the payload of CONNECT with Bearer or bare, a cookie, the query (--token-in names another, such as payload:NAME)";
  const minting =
    privateKey === undefined ? secret && "--secret" : "--private-key, --algorithm, --key-id";
  if (minting !== undefined)
    return `${minting}, --issuer, --audience, --user-claims, --path, ${where}`;
  return `${token === undefined ? "the token of the login" : "--token"}, --path, ${where}`;
}

/** Why nothing can be judged of a server that ends when a socket connects without a good token. */
export function explainEnd({ url }: Target): string {
  return `${url} ended when a socket connected without a good token: something threw and nothing caught it, as in an async middleware. With --start "COMMAND" the suite starts it again, and names each case that ends it.`;
}

/** Why nothing can be judged where each request may reach another server. */
export function explainSplit({ url }: Target): string {
  return `Several servers answer at ${url} without sticky sessions: a session that one has opened is unknown to the next (400, "Session ID unknown"). Send all requests of a session to one server, or test one of them by its own address.`;
}

/** Why a socket that brought a good token is not answered. */
export function explainSilence({ url }: Target, { seen }: Pick<Refusal, "seen">): string {
  return `${url} opens a session, and does not answer CONNECT with a good token (${seen}): so does a handler that throws over it, where the token does not name its user as the server expects (--user-claims), or a middleware that never calls next.`;
}

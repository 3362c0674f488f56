// Why a server cannot be judged, in one sentence that says what to look at.
import { mask, secretsOf } from "../../test/conformance/mask.ts";
import type { Transport } from "../../test/conformance/raw-engine.ts";
import { isRateLimit } from "../../test/conformance/obstacles.ts";
import type { Target } from "../../test/conformance/target.ts";

/** What was expected of the server, and what it did. */
interface Refusal {
  expected: string;
  seen: string;
}

/** Why no token came of the login. */
export function explainLogin(target: Target, { seen }: Refusal): string {
  const shown = mask(seen, secretsOf(target));
  if (isRateLimit(seen)) return describeLimit(target);
  if (isSilent(seen))
    return `${target.url} does not answer a POST of the credentials to ${target.loginPath} (${shown}): check --login.`;
  const check =
    readStatus(seen) === 200
      ? "check --login, or give it a token that you have fetched yourself in --token"
      : "check --login, --username and --password";
  return `${target.url} gives no { token } for a POST of the credentials to ${target.loginPath} (${shown}): ${check}.`;
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
  if (isRateLimit(seen)) return describeLimit(target);
  if (isOnlyThere)
    return `${url} accepts a good token, but not by ${transport} (${shown}): look at what stands before it, or give --without ${transport}.`;
  const isOpen = expected !== 'a packet "0"';
  const status = readStatus(seen);
  if (!isOpen || (status !== undefined && isOfNoSocketIO(status)))
    return `${url} has no Socket.IO at ${socketPath} (${status ?? shown}): check --url and --path.`;
  if (isSilent(seen))
    return `${url} does not answer a good token at ${socketPath} (${shown}): check --path, and what stands before the server.`;
  return `${url} does not accept a good token (${shown}): check ${listSuspects(target)}.`;
}

/** It has answered before, without a credential. */
function isSilent(seen: string): boolean {
  return /ECONN|nothing within|answers 0$/.test(seen);
}

function describeLimit({ url }: Target): string {
  return `${url} limits how often one may ask (429): lift the limit for the test.`;
}

/** The status of an answer to a request, or to one for a WebSocket as `ws` tells it. */
function readStatus(seen: string): number | undefined {
  const [, polled, upgraded] = /^(\d{3}), |^Unexpected server response: (\d{3})$/.exec(seen) ?? [];
  return polled === undefined && upgraded === undefined ? undefined : Number(polled ?? upgraded);
}

/** A handshake that is refused is answered with another status; one that is not begins with an open packet. */
function isOfNoSocketIO(status: number): boolean {
  return status < 400 || [404, 405, 501].includes(status);
}

function listSuspects({ secret, privateKey, token, claims }: Target): string {
  const minting = privateKey === undefined ? secret && "--secret" : "--private-key, --algorithm";
  if (minting !== undefined)
    return `${minting}, --issuer, --audience, --user-claims, --claims and --path`;
  const isGiven = token !== undefined;
  const where = claims.has("header") ? "the Authorization header" : "the payload of CONNECT";
  return `${isGiven ? "--token" : "the token of the login"}, --path, and --claims, which has it travel in ${where}`;
}

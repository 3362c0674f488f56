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
  if (isUnreachable(seen)) return describeUnreachable(target, shown);
  if (isNotTrusted(target, seen)) return describeNotTrusted(target, shown);
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
  if (isNotTrusted(target, seen)) return describeNotTrusted(target, shown);
  const isOpen = expected !== 'a packet "0"';
  const status = readStatus(seen);
  if (!isOpen || (status !== undefined && isOfNoSocketIO(status)))
    return `${url} has no Socket.IO at ${socketPath} (${status ?? shown}): check --url and --path.`;
  if (isUnreachable(seen)) return describeUnreachable(target, shown);
  return `${url} does not accept a good token (${shown}): check ${listSuspects(target)}.`;
}

function isUnreachable(seen: string): boolean {
  return /ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|nothing within/.test(seen);
}

function describeLimit({ url }: Target): string {
  return `${url} limits how often one may ask (429): lift the limit for the test.`;
}

function describeUnreachable({ url }: Target, shown: string): string {
  const isReset = url.startsWith("http:") && shown.includes("ECONNRESET");
  const further = isReset ? ", or give --url with https:// if it speaks TLS" : "";
  return `${url} cannot be reached (${shown}): start the server, or check --url and --path${further}.`;
}

/** A code of Node's or a message of OpenSSL's: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isNotTrusted({ url }: Target, seen: string): boolean {
  // An answer of the server's may hold any of these words.
  const isAnswered = url.startsWith("http:") || readStatus(seen) !== undefined;
  return !isAnswered && /CERT|UNABLE_TO_VERIFY|certificate|SSL|EPROTO/.test(seen);
}

function describeNotTrusted({ url }: Target, shown: string): string {
  return /SSL|EPROTO/.test(shown)
    ? `${url} speaks no TLS (${shown}): give --url with http://.`
    : `${url} has a certificate that Node does not trust (${shown}): name its file, or that of its authority, in NODE_EXTRA_CA_CERTS.`;
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

// Troubles with tokens that are refused, travel where they should not, or are checked too late or not at all. Pure.
import { fieldsOf } from "../fields-of.ts";
import type { Packet } from "../trace.ts";
import { printable } from "../words/printable.ts";
import { distanceWords } from "../words/token.ts";
import type { Followed } from "./clients.ts";
import { stateOf, userOf } from "./credential.ts";
import {
  type Find,
  IN_PAYLOAD,
  ofClient,
  packets,
  refusedHandshake,
  connectTokens,
} from "./evidence.ts";

const tokenInQuery: Find = ({ at: { step, client } }) => {
  const isThere =
    client !== undefined &&
    step.kind === "request" &&
    step.tokens.some(({ place }) => place === "query");
  return isThere
    ? {
        sentence:
          "The token travels in the query of every request, where logs and proxies keep it.",
        help: IN_PAYLOAD,
        lesson: 7,
      }
    : undefined;
};

const connectWithoutAuth: Find = ({ at, recent }) => {
  const [refusal] = packets(at, "server", "CONNECT_ERROR");
  if (refusal === undefined) return undefined;
  const own = ofClient(recent, at.client);
  const isIt = ({ namespace }: Packet): boolean => namespace === refusal.namespace;
  const asked = own.findLast((each) => packets(each, "client", "CONNECT").some(isIt));
  const sent = asked && packets(asked, "client", "CONNECT").find(isIt);
  if (
    asked === undefined ||
    connectTokens(asked).length > 0 ||
    Object.keys(fieldsOf(sent?.data)).length > 0
  )
    return undefined;
  const [elsewhere] = at.client?.first.tokens ?? [];
  const where =
    elsewhere === undefined
      ? ""
      : ` The token came in the ${elsewhere.field ?? elsewhere.place} of the handshake.`;
  return {
    sentence: `The server refused the CONNECT packet, and that carried nothing: socket.handshake.auth is {} there.${where}`,
    help: IN_PAYLOAD,
    lesson: 7,
  };
};

const TIMES = 3;

const sameExpiredToken: Find = ({ at, recent, now }) => {
  const refusalOf = (each: Followed): string | undefined => {
    const isRefused =
      refusedHandshake(each) !== undefined || packets(each, "server", "CONNECT_ERROR").length > 0;
    const token = isRefused ? each.client?.tokens.at(-1) : undefined;
    return token && stateOf(token, now) === "expired" ? token.lastCharacters : undefined;
  };
  const token = refusalOf(at);
  if (token === undefined || recent.filter((each) => refusalOf(each) === token).length < TIMES)
    return undefined;
  return {
    sentence: `The same expired token …${token} was refused ${TIMES} times: the client reconnects with the token that it was made with.`,
    help: "Give auth as a function, auth: (send) => send({ token }), or set new extraHeaders before each reconnection, and fetch a fresh token first.",
    lesson: 2,
  };
};

const SOON_MS = 2000;

const letInThenDisconnected: Find = ({ at, recent }) => {
  const { step, client } = at;
  // 41 with a payload is a packet that the parser does not know.
  const withData =
    "packets" in step &&
    step.from === "server" &&
    step.packets.find(
      ({ engine, text }) => engine === "message" && /^1(?:\/[^,]*,)?[[{"]/.test(text ?? ""),
    );
  if (withData)
    return {
      sentence: `The server disconnects with a packet that carries data, 4${printable(withData.text!)}: JavaScript clients report "parse error" and no reason.`,
      help: "Refuse instead of disconnecting: an error in io.use is sent as 44 with a message. In python-socketio, leave out always_connect.",
    };
  const [left] = packets(at, "server", "DISCONNECT");
  const since =
    left &&
    ofClient(recent, client).findLast((each) =>
      packets(each, "server", "CONNECT").some(({ namespace }) => namespace === left.namespace),
    );
  if (left === undefined || since === undefined || step.atMs - since.step.atMs > SOON_MS)
    return undefined;
  return {
    sentence:
      "The server let the client in and disconnected it at once: the client sees connect, then disconnect, and never a reason.",
    help: 'Check the token in a middleware, io.use((socket, next) => …), and refuse with next(new Error("…")): then the client gets connect_error.',
  };
};

const unguardedNamespace: Find = ({ at, recent }) => {
  const granted = packets(at, "server", "CONNECT").find(({ namespace = "/" }) => namespace !== "/");
  if (granted === undefined || (at.client?.first.tokens.length ?? 0) > 0) return undefined;
  const own = ofClient(recent, at.client);
  const asks = own.filter((each) => packets(each, "client", "CONNECT").length > 0);
  const here = asks.findLast((each) =>
    packets(each, "client", "CONNECT").some(({ namespace }) => namespace === granted.namespace),
  );
  const isGuardedElsewhere =
    own.some((each) => packets(each, "server", "CONNECT_ERROR").length > 0) ||
    asks.some((each) => each !== here && connectTokens(each).length > 0);
  if (here === undefined || connectTokens(here).length > 0 || !isGuardedElsewhere) return undefined;
  return {
    sentence: `The namespace ${printable(granted.namespace!)} let a client in without a token: io.use guards its own namespace only.`,
    help: `Guard it as well: io.of("${printable(granted.namespace!)}").use(…), or check every session in io.engine.use.`,
    lesson: 7,
  };
};

const A_MOMENT_SECONDS = 2;

const outlivesToken: Find = ({ at, now }) => {
  const { step, client } = at;
  const isUsed =
    step.from === "server" &&
    ["EVENT", "ACK"].some((name) => packets(at, "server", name).length > 0);
  const token = client?.tokens.at(-1);
  const { exp } = fieldsOf(token?.claims);
  if (!isUsed || token === undefined || typeof exp !== "number" || now - exp < A_MOMENT_SECONDS)
    return undefined;
  return {
    sentence: `The token of ${userOf(token) ?? "a client"} expired ${distanceWords(exp - now)}, and its socket is still served: a token is checked when a client connects, and not again.`,
    help: "If that matters, disconnect the socket when its token expires, and let the client come back with a fresh one.",
  };
};

export const CONNECT_TROUBLES: Record<string, Find> = {
  tokenInQuery,
  connectWithoutAuth,
  sameExpiredToken,
  letInThenDisconnected,
  unguardedNamespace,
  outlivesToken,
};

// Troubles with the request that asks for a session, and with what moves the session to a websocket. Pure.
import { printable } from "../words/printable.ts";
import { readPurpose } from "../words/purpose.ts";
import { stateOf } from "./credential.ts";
import {
  type Find,
  headerToken,
  IN_PAYLOAD,
  isPreflight,
  refusedHandshake,
  statusOf,
} from "./evidence.ts";

const noHeaderOnWebsocket: Find = ({ at }) => {
  const request = refusedHandshake(at);
  if (request === undefined || request.tokens.length > 0 || request.headers["origin"] === undefined)
    return undefined;
  if (readPurpose(request).transport !== "websocket") return undefined;
  return {
    sentence:
      "A page opened a websocket, no token came with it, and it was refused: a browser cannot put a header on a websocket, so extraHeaders never leaves it.",
    help: `${IN_PAYLOAD} Or let the client start with polling.`,
    lesson: 3,
  };
};

const noTokenOnHandshake: Find = (seen) => {
  const request = refusedHandshake(seen.at);
  const isAsked = /^40[13]$/.test(String(statusOf(seen.at)));
  if (request === undefined || !isAsked || request.tokens.length > 0) return undefined;
  if (request.headers["authorization"] !== undefined || noHeaderOnWebsocket(seen)) return undefined;
  return {
    sentence: `The handshake carried no token and was refused (${statusOf(seen.at)}): a token in auth would come only later, in the CONNECT packet.`,
    help: "Where the server checks the handshake, send the token in a header: extraHeaders in JavaScript. Or check it in io.use, where socket.handshake.auth has it.",
    lesson: 7,
  };
};

const noBearerToken: Find = ({ at }) => {
  const request = refusedHandshake(at);
  const authorization = request?.headers["authorization"];
  const isAsked = /^40[13]$/.test(String(statusOf(at)));
  if (authorization === undefined || !isAsked || headerToken(request!)) return undefined;
  return {
    sentence: `Refused (${statusOf(at)}) with "Authorization: ${printable(authorization)}", which is not "Bearer", a space and a token.`,
    help: "Put the scheme before the token, with one space between them (RFC 6750 §2.1).",
    lesson: 4,
  };
};

const schemeSpelling: Find = ({ at, recent, now }) => {
  const request =
    at.request && readPurpose(at.request).purpose === "handshake" ? at.request : undefined;
  const token = request && headerToken(request);
  if (token === undefined || at.step.kind === "request") return undefined;
  const isRefused = refusedHandshake(at) !== undefined;
  const twin = recent.find((other) => {
    const shown = other.request && headerToken(other.request);
    const isSame = shown?.lastCharacters === token.lastCharacters && shown.scheme !== token.scheme;
    return (
      isSame &&
      other.step.kind !== "request" &&
      (refusedHandshake(other) !== undefined) !== isRefused
    );
  });
  const other = twin && headerToken(twin.request!)!.scheme!;
  const [bad, good] = isRefused ? [token.scheme!, other] : [other!, token.scheme!];
  const lesson = 4;
  if (twin !== undefined)
    return {
      sentence: `The same token was refused with the scheme "${bad}" and let in with "${good}": the server compares it case-sensitively.`,
      help: "Compare the scheme without regard to case (RFC 9110 §11.1).",
      lesson,
    };
  if (!isRefused || token.scheme === "bearer" || stateOf(token, now) !== "good") return undefined;
  return {
    sentence: `Refused with the scheme "${token.scheme}", and the token looks good: some servers know only "bearer", as the guide's manual check does.`,
    help: 'Try "bearer"; in the server, compare without regard to case (RFC 9110 §11.1).',
    lesson,
  };
};

const oldProtocol: Find = ({ at }) => {
  const { step, request } = at;
  const version = /[?&]EIO=(\d+)/.exec(request?.target ?? "")?.[1];
  if (step.kind !== "response" || version === undefined) return undefined;
  const help =
    "Use client and server of the same generation: a client of Socket.IO 2 needs a server of 2, or one with allowEIO3: true.";
  if (Number(version) < 4 && step.status >= 400)
    return {
      sentence: `The client speaks Engine.IO ${version} (Socket.IO 2 or older), and the server refuses it.`,
      help,
    };
  if (version === "4" && step.status === 200 && /^\d+:0\{/.test(step.body))
    return {
      sentence: "The server speaks Engine.IO 3 (Socket.IO 2), and the client Engine.IO 4.",
      help,
    };
  return undefined;
};

const notSocketIo: Find = ({ at }) => {
  const { step, request, client } = at;
  if (step.kind !== "response" || request === undefined || isPreflight(request)) return undefined;
  const { purpose, path } = readPurpose(request);
  const isPage =
    step.status === 200 && !client?.hasOpened && /^\s*<(?:!doctype|html)/i.test(step.body);
  if (
    purpose !== "handshake" ||
    !(isPage || step.status === 404 || (step.status >= 300 && step.status < 400))
  )
    return undefined;
  const target = step.headers["location"];
  const where = printable(path);
  const what = isPage
    ? "a page"
    : step.status === 404
      ? "404"
      : `a redirect${target === undefined ? "" : ` to ${printable(target.replace(/\?.*$/s, "?…"))}`}`;
  return {
    sentence: `What stands at ${where} is not Socket.IO: the handshake got ${what}.`,
    help:
      target === undefined
        ? "Compare the path option of client and server, and what a proxy in between does with that path."
        : "Give the client the address that the redirect names: websockets and many clients follow none.",
  };
};

const preflightRefused: Find = ({ at: { step, request } }) => {
  if (step.kind !== "response" || request === undefined || !isPreflight(request)) return undefined;
  const asked = (request.headers["access-control-request-headers"] ?? "")
    .toLowerCase()
    .split(/\s*,\s*/);
  const allowed = (step.headers["access-control-allow-headers"] ?? "")
    .toLowerCase()
    .split(/\s*,\s*/);
  const missing = asked.filter(
    (name) =>
      name !== "" &&
      !allowed.includes(name) &&
      (name === "authorization" || !allowed.includes("*")),
  );
  const hasOrigin = step.headers["access-control-allow-origin"] !== undefined;
  if (step.status < 300 && hasOrigin && missing.length === 0) return undefined;
  const why =
    step.status >= 300
      ? `it was answered ${step.status}, and it never carries a token`
      : hasOrigin
        ? `the header ${printable(missing.join(", "))} is not allowed`
        : "this origin is not allowed";
  return {
    sentence: `A browser asked whether it may send its request (a preflight), and may not: ${why}.`,
    help: 'Set cors in the server, { origin: "…", allowedHeaders: ["authorization"] }, and let preflights through before any check.',
  };
};

const unknownSession: Find = ({ at: { step, client } }) => {
  const isUnknown =
    step.kind === "response" &&
    step.status === 400 &&
    /"code":1\b|Session ID unknown|Invalid session/i.test(step.body);
  if (!isUnknown) return undefined;
  const opened = client?.hasOpened
    ? "was opened here, and the server that got this request does not know it"
    : "is unknown to the server";
  return {
    sentence: `The session ${opened}: there are several servers, or it was restarted.`,
    help: "Several servers need sticky sessions, by the sid in each request, or clients that use websocket alone.",
  };
};

const BY_OTHERS = new Set([426, 501, 502, 503, 504]);

const upgradeRefused: Find = ({ at }) => {
  const { step, request } = at;
  if (
    request === undefined ||
    (step.kind !== "response" && !(step.kind === "closed" && step.from === "server"))
  )
    return undefined;
  const { purpose, transport } = readPurpose(request);
  const status = statusOf(at);
  const isUpgrade =
    purpose === "upgrade" &&
    status !== 101 &&
    unknownSession({ at, recent: [], now: 0 }) === undefined;
  if (
    !isUpgrade &&
    !(purpose === "handshake" && transport === "websocket" && BY_OTHERS.has(status))
  )
    return undefined;
  return {
    sentence: `The websocket was refused (${status === 0 ? "the connection was cut" : status})${purpose === "upgrade" ? ", while polling works" : ""}: what stands before Socket.IO does not let upgrades through.`,
    help: "In nginx: proxy_http_version 1.1, and the headers Upgrade and Connection passed on. A middleware must let requests with a sid through: they carry no header in browsers.",
    lesson: 2,
  };
};

export const HANDSHAKE_TROUBLES: Record<string, Find> = {
  noHeaderOnWebsocket,
  noTokenOnHandshake,
  noBearerToken,
  schemeSpelling,
  oldProtocol,
  notSocketIo,
  preflightRefused,
  unknownSession,
  upgradeRefused,
};

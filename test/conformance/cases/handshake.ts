// Every request that could open a session, with and without a credential (Engine.IO's handshake).
import type { Case } from "../case.ts";
import { goodToken, placeToken } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { type Credential, NOTHING } from "../place.ts";
import type { Probe } from "../probe.ts";
import { readOpenPacket } from "../raw-engine.ts";
import {
  describeResponse,
  type Headers,
  type RawResponse,
  sendRequest,
  UPGRADE_HEADERS,
} from "../raw-http.ts";
import type { Capability } from "../target.ts";

const ENGINE = "https://socket.io/docs/v4/engine-io-protocol/#handshake";
const GUIDE = "https://socket.io/how-to/use-with-jwt";

interface Opening {
  name: string;
  what: string;
  /** The query; the path is that of Socket.IO. */
  query: string;
  /** What a good token gets: a session, a refusal, or either. */
  withToken: "session" | "refusal" | "either";
  method?: string;
  isUpgrade?: boolean;
  headers?: Headers;
  needs: Capability[];
}

type Row = [name: string, what: string, query: string, withToken: Opening["withToken"]];
type MoreOfOpening = Omit<Opening, "name" | "what" | "query" | "withToken">;

function openings(rows: readonly Row[], more: MoreOfOpening): Opening[] {
  return rows.map(([name, what, query, withToken]) => ({ name, what, query, withToken, ...more }));
}

const POLLING: MoreOfOpening = { needs: ["polling"] };
const WEBSOCKET: MoreOfOpening = { needs: ["websocket"], isUpgrade: true };
const BY_POLLING = "EIO=4&transport=polling";
const BY_WEBSOCKET = "EIO=4&transport=websocket";

// oxfmt-ignore
const byPolling = openings([
  ["polling", "GET by polling", BY_POLLING, "session"],
  ["polling-empty-sid", "an empty sid by polling", `${BY_POLLING}&sid=`, "session"],
  ["polling-bare-sid", "a sid without a value by polling", `${BY_POLLING}&sid`, "session"],
  ["polling-empty-sid-twice", "two empty sids by polling", `${BY_POLLING}&sid=&sid=`, "either"],
  ["polling-sid-then-empty", "a sid and then an empty one by polling", `${BY_POLLING}&sid=x&sid=`, "either"],
  ["polling-sid-upper-case", "a parameter SID by polling", `${BY_POLLING}&SID=x`, "session"],
  ["polling-sid-array", "a parameter sid[] by polling", `${BY_POLLING}&sid[]=x`, "session"],
  ["polling-sid-first", "an empty sid before the rest by polling", `sid=&${BY_POLLING}`, "session"],
  ["polling-transport-twice", "two transports, the last of them polling", `${BY_WEBSOCKET}&transport=polling`, "either"],
  ["polling-jsonp", "a JSONP index by polling", `${BY_POLLING}&j=0`, "either"],
  ["polling-base64", "the parameter b64 by polling", `${BY_POLLING}&b64=1`, "session"],
  ["polling-eio3", "protocol 3 by polling", "EIO=3&transport=polling", "refusal"],
  ["polling-eio-missing", "no protocol by polling", "transport=polling", "refusal"],
  ["polling-eio-5", "protocol 5 by polling", "EIO=5&transport=polling", "refusal"],
], POLLING);

const byOtherMethods = ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"].flatMap((method) => {
  const name = `polling-${method.toLowerCase()}`;
  const rows: Row[] = [
    [name, method, BY_POLLING, "refusal"],
    [`${name}-empty-sid`, `${method} with an empty sid`, `${BY_POLLING}&sid=`, "refusal"],
  ];
  return openings(rows, { ...POLLING, method });
});

// oxfmt-ignore
const byWebSocket = openings([
  ["websocket", "a WebSocket", BY_WEBSOCKET, "session"],
  ["websocket-empty-sid", "an empty sid by WebSocket", `${BY_WEBSOCKET}&sid=`, "session"],
  ["websocket-bare-sid", "a sid without a value by WebSocket", `${BY_WEBSOCKET}&sid`, "session"],
  ["websocket-sid-then-empty", "a sid and then an empty one by WebSocket", `${BY_WEBSOCKET}&sid=x&sid=`, "either"],
  ["websocket-sid-upper-case", "a parameter SID by WebSocket", `${BY_WEBSOCKET}&SID=x`, "session"],
  ["websocket-transport-missing", "an upgrade without a transport", "EIO=4", "refusal"],
  ["websocket-transport-unknown", "an upgrade to an unknown transport", "EIO=4&transport=flashsocket", "refusal"],
  ["websocket-webtransport", "an upgrade to WebTransport", "EIO=4&transport=webtransport", "refusal"],
], WEBSOCKET);

// oxfmt-ignore
const byOddUpgrades: Opening[] = [
  { ...WEBSOCKET, name: "websocket-post", what: "an upgrade by POST", method: "POST", query: BY_WEBSOCKET, withToken: "refusal" },
  { ...WEBSOCKET, name: "websocket-other-upgrade", what: "an upgrade to something else", headers: { Upgrade: "h2c" }, query: BY_WEBSOCKET, withToken: "refusal" },
  { ...WEBSOCKET, name: "websocket-no-key", what: "an upgrade without a key", headers: { "Sec-WebSocket-Key": "" }, query: BY_WEBSOCKET, withToken: "refusal" },
  { ...WEBSOCKET, name: "websocket-without-upgrade", what: "the transport websocket without an upgrade", isUpgrade: false, query: BY_WEBSOCKET, withToken: "refusal" },
];

// oxfmt-ignore
const byOtherTransports = openings([
  ["transport-missing", "no transport", "EIO=4", "refusal"],
  ["transport-unknown", "a transport that is unknown", "EIO=4&transport=flashsocket", "refusal"],
  ["transport-webtransport", "WebTransport by GET", "EIO=4&transport=webtransport", "refusal"],
  ["transport-prototype", "a transport named like a prototype", "EIO=4&transport=__proto__", "refusal"],
], { needs: [] });

const UNKNOWN_SIDS = [
  "unknown",
  "0",
  "false",
  "null",
  "undefined",
  "%00",
  "%20",
  "__proto__",
  "constructor",
  "toString",
];

function unknownSid(transport: string, sid: string): Row {
  const name = `${transport}-sid-${sid.replace("%", "byte-")}`;
  return [
    name,
    `the sid ${sid} by ${transport}`,
    `EIO=4&transport=${transport}&sid=${sid}`,
    "refusal",
  ];
}

const byUnknownSids: Opening[] = [
  ...openings(
    UNKNOWN_SIDS.map((sid) => unknownSid("polling", sid)),
    POLLING,
  ),
  ...openings(
    ["unknown", "__proto__"].map((sid) => unknownSid("websocket", sid)),
    WEBSOCKET,
  ),
];

function open(
  probe: Probe,
  opening: Opening,
  { headers, query }: Credential,
): Promise<RawResponse> {
  const upgrade = opening.isUpgrade === true ? UPGRADE_HEADERS : {};
  return sendRequest(probe, {
    method: opening.method ?? "GET",
    path: `${probe.target.socketPath}?${[opening.query, query].filter(Boolean).join("&")}`,
    headers: { ...headers, ...upgrade, ...opening.headers },
  });
}

function hasSession(answer: RawResponse): boolean {
  // An answer by JSONP has the open packet inside a function call.
  const isScript = answer.status === 200 && answer.body.startsWith("___eio[");
  return answer.status === 101 || isScript || readOpenPacket(answer) !== undefined;
}

const REFUSAL = "no session, and no status of 500 or more";

/** Engine.IO may cut a WebSocket off without a word, and a page may answer what is not a request of Engine.IO. */
function isRefused(answer: RawResponse): boolean {
  return !hasSession(answer) && answer.status < 500;
}

const EMPTY_SID = /(^|&)sid(=?(&|$))/;
const FALSY_SID =
  "Engine.IO opens a session whenever the sid is falsy: check every such request. A comparison with undefined lets an empty sid through.";

function openingCases(opening: Opening): Case[] {
  const { name, what, needs, withToken } = opening;
  const isSession = withToken !== "refusal";
  return [
    {
      id: `handshake.${name}-no-token`,
      title: `opens no session for ${what} without a token`,
      source: GUIDE,
      needs: ["checks-handshake", ...needs],
      ...(EMPTY_SID.test(opening.query) ? { remedy: FALSY_SID } : {}),
      run: async (probe) => {
        const answer = await open(probe, opening, NOTHING);
        expectThat(isRefused(answer), REFUSAL, describeResponse(answer));
      },
    },
    {
      id: `handshake.${name}`,
      title: isSession
        ? `opens a session for ${what} with a token`
        : `opens no session for ${what}, not even with a token`,
      source: ENGINE,
      needs: ["checks-handshake", ...needs],
      run: async (probe) => {
        const credential = placeToken(probe.target, await goodToken(probe));
        const answer = await open(probe, opening, credential);
        const isRight =
          (isSession && hasSession(answer)) || (withToken !== "session" && isRefused(answer));
        const expected = withToken === "refusal" ? REFUSAL : "a session";
        expectThat(isRight, expected, describeResponse(answer));
      },
    },
  ];
}

export const openingHandshakeCases: Case[] = [
  ...byPolling,
  ...byOtherMethods,
  ...byWebSocket,
  ...byOddUpgrades,
  ...byOtherTransports,
  ...byUnknownSids,
].flatMap(openingCases);

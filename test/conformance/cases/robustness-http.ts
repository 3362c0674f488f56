// Bodies and requests that are malformed, too big or too deep: refused without a stack, and nothing stops.
import { gzipSync } from "node:zlib";
import type { Case } from "../case.ts";
import { besideAnother, goodToken, placeToken, usualTransport } from "../connection.ts";
import { expectThat } from "../expectation.ts";
import { expectErrorBody, postLogin } from "../login.ts";
import type { Probe } from "../probe.ts";
import { enginePath, handshakeBytes } from "../raw-engine.ts";
import { askAndReset } from "../raw-half-open.ts";
import { describeResponse, type Headers, sendBytes, sendRequest } from "../raw-http.ts";

const SYNTAX = "RFC 9110 §15.5.1";
const SIZE = "RFC 9110 §15.5.14";
const TYPE = "RFC 9110 §15.5.16";

type BodyRow = [
  name: string,
  what: string,
  source: string,
  body: string | Buffer,
  headers?: Headers,
];

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const GZIP = { "Content-Encoding": "gzip" };

// oxfmt-ignore
const bodies: BodyRow[] = [
  ["body-word", "a body that is not JSON", SYNTAX,  "hello"],
  ["body-cut", "JSON that ends in the middle", SYNTAX,  '{"username":"john","pass'],
  ["body-quotes", "JSON with single quotes", SYNTAX,  "{'username':'john'}"],
  ["body-behind", "JSON with more after it", SYNTAX,  "{}{}"],
  ["body-null-byte", "a null byte", SYNTAX,  "\u0000"],
  ["body-binary", "bytes that are no text", SYNTAX,  Buffer.from([0xff, 0xfe, 0x80, 0x7b])],
  ["body-empty", "an empty body", SYNTAX,  ""],
  ["body-null", "the body null", SYNTAX,  "null"],
  ["body-number", "the body 1", SYNTAX,  "1"],
  ["body-text", "the body \"john\"", SYNTAX,  '"john"'],
  ["body-list", "a list", SYNTAX,  '["john","changeit"]'],
  ["body-empty-object", "an empty object", SYNTAX,  "{}"],
  ["body-prototype", "credentials in __proto__", SYNTAX,  '{"__proto__":{"username":"john"},"constructor":{"prototype":{}}}'],
  ["body-deep-list", "a thousand lists in each other", SYNTAX,  "[".repeat(1000) + "]".repeat(1000)],
  ["body-deep-password", "a password of many lists in each other", SYNTAX,  `{"username":"john","password":${"[".repeat(900)}${"]".repeat(900)}}`],
  ["body-large", "a body of 5,000 bytes", SIZE,  JSON.stringify({ username: "x".repeat(5000) })],
  ["body-huge", "a body of a megabyte", SIZE,  JSON.stringify({ username: "x".repeat(1_000_000) })],
  ["body-bomb", "a small body that unpacks to a large one", SIZE,  gzipSync(JSON.stringify({ username: "x".repeat(100_000) })), GZIP],
  ["body-not-packed", "a body that says it is packed and is not", TYPE,  "{}", GZIP],
  ["body-encoding", "a packing that nobody knows", TYPE,  "{}", { "Content-Encoding": "rot13" }],
  ["body-charset", "a character set that nobody knows", TYPE,  "{}", { "Content-Type": "application/json; charset=klingon" }],
  ["body-form", "a form", TYPE,  "username=john&password=x", FORM],
  ["body-plain", "JSON that says it is plain text", TYPE,  '{"username":"john"}', { "Content-Type": "text/plain" }],
  ["body-xml", "XML", TYPE,  "<username>john</username>", { "Content-Type": "text/xml" }],
  ["body-no-type", "a body without a type", TYPE,  "{}", { "Content-Type": "" }],
  ["body-odd-type", "a type that is malformed", TYPE,  "{}", { "Content-Type": "application/json;;=,\"" }],
];

const ANSWER_MISTAKES =
  "Answer a body that cannot be read, or is of another shape than expected, with 400: a handler that takes it for granted throws, and the answer is then 500, a fault of the server.";

const refusedBodies = bodies.map(([name, what, source, body, headers]): Case => ({
  id: `robustness.${name}`,
  title: `refuses a login with ${what}, without a stack`,
  source,
  needs: source === SIZE ? ["login", "small-limits"] : ["login"],
  run: async (probe) => {
    const answer = await postLogin(probe, body, headers);
    // Where a limit is claimed, what is larger is too large (413), or of a kind that is not taken (415).
    const isRefused =
      source === SIZE
        ? [413, 415].includes(answer.status)
        : answer.status >= 400 && answer.status < 500;
    const expected = source === SIZE ? "413" : "a status from 400 to 499";
    expectThat(isRefused, expected, describeResponse(answer), ANSWER_MISTAKES);
    expectErrorBody(probe, answer);
  },
}));

type BytesRow = [
  name: string,
  what: string,
  source: string,
  lines: (probe: Probe) => string[],
  answer: RegExp,
];

const REFUSED = /^HTTP\/1\.[01] [45]\d\d |^$/;

// oxfmt-ignore
const bytes: BytesRow[] = [
  ["bytes-garbage", "bytes that are not HTTP", "RFC 9112 §3", () => ["\u0016\u0003\u0001\u0002\u0000"], REFUSED],
  ["bytes-no-host", "a request without Host", "RFC 9112 §3.2", () => ["GET / HTTP/1.1"], REFUSED],
  ["bytes-bad-header", "a header without a colon", "RFC 9112 §5", () => ["GET / HTTP/1.1", "Host: x", "Authorization Bearer"], REFUSED],
  ["bytes-null-in-header", "a null byte in the header", "RFC 9110 §5.5", () => ["GET / HTTP/1.1", "Host: x", "Authorization: Bearer \u0000"], REFUSED],
  ["bytes-folded-header", "a header folded over two lines", "RFC 9112 §5.2", () => ["GET / HTTP/1.1", "Host: x", "Authorization: Bearer", " x"], REFUSED],
  ["bytes-two-lengths", "two lengths that differ", "RFC 9112 §6.3", () => ["POST /login HTTP/1.1", "Host: x", "Content-Length: 1", "Content-Length: 2"], REFUSED],
  ["bytes-length-and-chunks", "a length and chunks", "RFC 9112 §6.3", () => ["POST /login HTTP/1.1", "Host: x", "Content-Length: 1", "Transfer-Encoding: chunked"], REFUSED],
  ["bytes-negative-length", "a negative length", "RFC 9110 §8.6", () => ["POST /login HTTP/1.1", "Host: x", "Content-Length: -1"], REFUSED],
  ["bytes-cut-body", "a body that ends too early", "RFC 9112 §8", ({ target }) => [`POST ${target.loginPath} HTTP/1.1`, "Host: x", "Content-Type: application/json", "Content-Length: 100"], /^/],
  ["bytes-large-header", "a header of 20,000 characters", "RFC 6585 §5", () => ["GET / HTTP/1.1", "Host: x", `Authorization: Bearer ${"a".repeat(20_000)}`], REFUSED],
  ["bytes-upgrade-cut", "an upgrade that ends before its headers do", "RFC 9112 §5", (probe) => [`GET ${enginePath(probe, "websocket")} HTTP/1.1`, "Host: x", "Upgrade: websocket", "Connection"], REFUSED],
];

const refusedBytes = bytes.map(([name, what, source, lines, pattern]): Case => ({
  id: `robustness.${name}`,
  title: `lives through ${what}`,
  source,
  needs: [],
  run: async (probe) => {
    const answer = await sendBytes(probe, `${lines(probe).join("\r\n")}\r\n\r\n`);
    expectThat(pattern.test(answer), "a status of 400 or more, or a cut connection", answer);
  },
}));

/** Origins and other headers of a handshake that a server might read, none of which may stop it. */
// oxfmt-ignore
const oddHandshakes: [name: string, what: string, headers: Headers][] = [
  ["origin-null", "the origin null", { Origin: "null" }],
  ["origin-long", "an origin of 4,000 characters", { Origin: `https://${"a".repeat(4000)}.example` }],
  ["cookie-odd", "cookies that are malformed", { Cookie: "=;;a=%E0%A4%A;__proto__=1;=" }],
  ["forwarded-odd", "forwarding headers that are malformed", { "X-Forwarded-For": "::::,%00", Forwarded: "for=;;" }],
  ["extensions-odd", "WebSocket extensions that are malformed", { "Sec-WebSocket-Extensions": "permessage-deflate; a=;;\"" }],
];

const handshakes = oddHandshakes.map(([name, what, headers]): Case => ({
  id: `robustness.handshake-${name}`,
  title: `lives through a handshake with ${what}`,
  source: "RFC 9110 §5.5",
  needs: [],
  run: async (probe) => {
    const { headers: credential, query } = placeToken(probe.target, await goodToken(probe));
    const path = enginePath(probe, usualTransport(probe.target), query);
    const answer = await sendRequest(probe, { path, headers: { ...credential, ...headers } });
    expectThat(answer.status < 500, "no status of 500 or more", describeResponse(answer));
  },
}));

const RESETS = 200;

const resets: Case = {
  id: "robustness.refusals-reset",
  title: `lives through ${RESETS} clients without a token that go away before they are answered`,
  source: "https://nodejs.org/api/events.html#error-events",
  needs: [],
  remedy:
    "Listen for errors of a socket before you write to it: one that nobody hears ends a process.",
  run: (probe) =>
    besideAnother(probe, async () => {
      for (const transport of ["websocket", "polling"] as const)
        await Promise.all(
          Array.from({ length: RESETS / 2 }, () =>
            askAndReset(probe, handshakeBytes(probe, transport)),
          ),
        );
      // The consequence comes a moment later. A server may leave other paths without an answer.
      await sendRequest(probe, { path: probe.target.socketPath });
    }),
};

export const httpRobustnessCases: Case[] = [
  resets,
  ...refusedBodies,
  ...refusedBytes,
  ...handshakes,
];

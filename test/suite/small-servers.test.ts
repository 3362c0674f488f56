// Servers of every kind that people build: the suite sees where each checks its token, finds the fault that is planted in it,
// and says nothing else. All judge a token by the same code: where one is sent as in no server before it, or judged at
// another time, the suite asks all about tokens, and elsewhere how long they are good.
import { createPublicKey } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { describeSight } from "../../scripts/conformance/sight-words.ts";
import type { TargetFlags } from "../../scripts/conformance/target.ts";
import type { Case } from "../conformance/case.ts";
import { cases } from "../conformance/cases.ts";
import { IN_HEADER, IN_PAYLOAD, type Place } from "../conformance/place.ts";
import type { Gate } from "../conformance/target.ts";
import { makeKey } from "../conformance/signer.ts";
import { failuresOf, judge, meet } from "../helpers/judge-other.ts";
import { type OtherHabits, SECRET } from "../helpers/other-server.ts";

// What a person says who has read the first page of the help.
const NEWCOMER: TargetFlags = {
  secret: SECRET,
  username: undefined,
  password: undefined,
  claims: undefined,
  self: undefined,
  login: undefined,
  events: undefined,
  namespaces: undefined,
};
const FOR_EVER = ["token.exp-past", "token.exp-zero", "token.exp-negative"];
const at = (carrier: Place["carrier"], name: string, prefix = ""): Place => ({
  carrier,
  name,
  prefix,
});

/** About what a token is, where it stands, and when it is checked; of the many queries of a handshake a few. */
const aboutTokens: readonly Case[] = cases.filter(
  ({ id }) =>
    /^(token|header|handshake|transports|payload)\./.test(id) &&
    !/^handshake\.(polling|websocket|transport)-.*-(sid|post|put|delete|patch|head|options)/.test(
      id,
    ),
);

// oxfmt-ignore
const SERVERS: [what: string, habits: OtherHabits, seen: RegExp, failed: string[]][] = [
  ["the header on the handshake", { places: [IN_HEADER] }, /at the handshake.*the header Authorization/, []],
  ["the header in io.use", { gate: "namespace", places: [IN_HEADER] }, /when a socket connects.*in words.*the header Authorization/, []],
  ["the header in io.use, split at spaces", { gate: "namespace", places: [IN_HEADER], splitsAtSpaces: true }, /the header Authorization/, [
    "header.two-tokens", "header.word-behind", "header.basic-token", "header.digest-token", "header.jwt-scheme", "header.token-scheme", "header.long-scheme",
    "header.scheme-longer", "header.scheme-prefixed", "header.colon", "header.comma", "header.spaces-two", "header.spaces-ten"]],
  ["the payload or the header", { gate: "namespace", places: [IN_PAYLOAD, IN_HEADER] }, /the header Authorization and the payload of CONNECT, \{ token \}: each is tried/, []],
  ["checked once the socket is connected", { gate: "connection", places: [IN_PAYLOAD] }, /lets a socket in, checks its token then/, ["handshake.refused-before-connect"]],
  ["checked once the socket is connected, with a reason in DISCONNECT", { gate: "connection", places: [IN_PAYLOAD], saysWhyItDisconnects: true }, /lets a socket in, checks its token then/, ["handshake.refused-before-connect"]],
  ["checked once the socket is connected, and good for ever", { gate: "connection", places: [IN_PAYLOAD], isForEver: true }, /lets a socket in/, ["handshake.refused-before-connect", ...FOR_EVER]],
  ["nothing checked", { gate: "nowhere" }, /connects a socket without a token, and with one that is not valid/, ["handshake.token-needed"]],
  ["next never called", { gate: "namespace", places: [IN_PAYLOAD], isSilent: true }, /does not answer where it refuses/, ["handshake.refusal-in-words"]],
  ["a cookie at the handshake", { places: [at("cookie", "access_token")] }, /at the handshake.*the cookie access_token/, []],
  ["a cookie in io.use, good for ever", { gate: "namespace", places: [at("cookie", "jwt")], isForEver: true }, /the cookie jwt/, FOR_EVER],
  ["the query", { gate: "namespace", places: [at("query", "token")] }, /the parameter token of the query/, []],
  ["the query at the handshake, good for ever", { places: [at("query", "access_token")], isForEver: true }, /the parameter access_token/, FOR_EVER],
  ["another name in the payload", { gate: "namespace", places: [at("payload", "accessToken")] }, /the payload of CONNECT, \{ accessToken \}/, []],
  ["Bearer in the payload", { gate: "namespace", places: [at("payload", "token", "Bearer ")] }, /\{ token: "Bearer …" \}/, []],
  ["a name of its own in the payload, for ever", { gate: "namespace", places: [at("payload", "access_token")], isForEver: true }, /\{ access_token \}/, FOR_EVER],
];

const aboutPlaces = aboutTokens.filter(({ id }) => !/^token\.(?!exp|nbf)/.test(id));
const asked = new Set<string>();
/** Of all servers, in their order. */
const CASES = SERVERS.map(([, { gate = "handshake", places = [], isSilent }]) => {
  const kinds = [isSilent ? "silent" : gate, ...places.map(({ carrier }) => carrier)];
  const isAsked = kinds.every((kind) => asked.has(kind));
  for (const kind of kinds) asked.add(kind);
  return isAsked ? aboutPlaces : aboutTokens;
});

/** Where all is asked about tokens, and where how long they are good. */
const LEAST_PASSED: Record<Gate, [all: number, times: number]> = {
  handshake: [200, 120],
  namespace: [110, 30],
  connection: [110, 45],
  nowhere: [15, 15],
};

const table = SERVERS.map((server, number) => [...server, CASES[number]!] as const);
it.concurrent.each(table)("%s", async (_what, habits, seen, expected, chosen) => {
  const { target, results } = await meet(chosen, { habits, flags: NEWCOMER });
  expect(describeSight(target).join(" ")).toMatch(seen);
  const failed = failuresOf(results).map(([id]) => id);
  expect(failed.toSorted()).toEqual(expected.toSorted());
  const passed = results.filter(({ result }) => result === "passed").length;
  const [all, times] = LEAST_PASSED[habits.gate ?? "handshake"];
  expect(passed).toBeGreaterThan(chosen === aboutTokens ? all : times);
});

it("two servers without sticky sessions are one finding, and cannot be tested by polling alone", async () => {
  const habits: OtherHabits = { gate: "namespace", places: [IN_PAYLOAD], isSplit: true };
  const results = await judge(aboutTokens, { habits, flags: NEWCOMER });
  expect(failuresOf(results).map(([id]) => id)).toEqual(["transports.polling-same-server"]);
  const flags = { ...NEWCOMER, claims: "polling,payload" };
  await expect(judge(aboutTokens, { habits, flags })).rejects.toThrow(
    /^Several servers answer at http:\S+ without sticky sessions:/,
  );
});

it("an open packet without maxPayload leaves no case about sizes out", async () => {
  const habits: OtherHabits = { gate: "namespace", places: [IN_PAYLOAD], hidesLimit: true };
  const sizes = cases.filter(({ id }) => /^robustness\.(full|too-big)|open-packet$/.test(id));
  expect(sizes.map(({ id }) => id)).toContain("robustness.too-big-websocket");
  const results = await judge(sizes, { habits, flags: NEWCOMER });
  expect(results.filter(({ result }) => result !== "passed")).toEqual([]);
});

it("RS256 with a key that is found by its kid, read in the payload", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "small-servers-"));
  const key = makeKey("RS256");
  const file = path.join(folder, "key.pem");
  await writeFile(file, key.export({ type: "pkcs8", format: "pem" }));
  const publicKey = createPublicKey(key);
  const flags = { ...NEWCOMER, secret: undefined, "private-key": file, "key-id": "2026" };
  const known = { publicKey, algorithms: ["RS256" as const], keyId: "2026" };
  const habits: OtherHabits = { gate: "namespace", places: [IN_PAYLOAD], key: known };
  const tokens = cases.filter(({ id }) => id.startsWith("token."));
  const results = await judge(tokens, { habits, flags });
  expect(failuresOf(results)).toEqual([]);
  expect(results.filter(({ result }) => result === "passed").length).toBeGreaterThan(60);
  const trusting = { ...habits, trustsHeader: "HS256" as const };
  const failed = failuresOf(await judge(tokens, { habits: trusting, flags }));
  await rm(folder, { recursive: true });
  expect(failed.map(([id]) => id)).toEqual(["token.key-as-secret"]);
});

it("a page for every path fails no case about what is missing", async () => {
  const missing = cases.filter(({ id }) => id.startsWith("http."));
  const results = await judge(missing, { habits: { elsewhere: "page" }, flags: NEWCOMER });
  expect(failuresOf(results)).toEqual([]);
});

it("a server that answers at its own paths alone lives through clients that go away", async () => {
  const resets = cases.filter(({ id }) => id === "robustness.refusals-reset");
  const results = await judge(resets, { habits: { elsewhere: "nothing" }, flags: NEWCOMER });
  expect(results.map(({ result }) => result)).toEqual(["passed"]);
});

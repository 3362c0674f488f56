// What a lesson says is compared with outcome and trace field by field, and what it leaves out is not.
import { describe, expect, it } from "vitest";
import type { Act, ActOutcome } from "../../scripts/model/acts.ts";
import type { AttemptAct } from "../../scripts/model/attempt.ts";
import type { Expectation, ExpectedWire } from "../../scripts/model/expectation.ts";
import { findDifferences } from "../../scripts/lab/lessons/judge.ts";
import type { Step, Trace } from "../../scripts/model/trace.ts";
import { GOOD_ACT, LOGIN } from "../helpers/good-act.ts";

const REFUSED: ActOutcome = {
  do: "connect",
  durationMs: 3,
  description: 401,
  result: "refused",
  refusedBy: "handshake",
  message: "xhr poll error",
  status: 401,
  body: { message: "Unauthorized" },
  data: undefined,
  willRetry: true,
};

const at = { id: 1, atMs: 0, connection: 1 };
const token = {
  place: "header" as const,
  lastCharacters: "abcdef",
  header: { alg: "HS256" },
  claims: { data: { id: 1 }, iss: "accounts.examplesoft.com" },
};
const STEPS: Step[] = [
  {
    ...at,
    kind: "request",
    from: "client",
    method: "GET",
    target: "/socket.io/",
    headers: {},
    body: "",
    packets: [],
    tokens: [token],
  },
  { ...at, kind: "check", from: "server", what: "GET polling handshake", decision: "refused" },
  {
    ...at,
    kind: "response",
    from: "server",
    status: 401,
    reason: "Unauthorized",
    headers: { "www-authenticate": "Bearer" },
    body: "",
    packets: [],
    tokens: [],
  },
  { ...at, kind: "closed", from: "server", isCut: false },
];

function differences(expected: object, wire: ExpectedWire = {}, trace: Trace = { steps: STEPS }) {
  const expectation: Expectation = { result: "refused", ...expected, wire };
  const attempt = { acts: [GOOD_ACT], expect: { browser: expectation, node: expectation } };
  return findDifferences(attempt, "node", { outcome: [REFUSED], trace });
}

describe("an outcome", () => {
  const FIELDS: [string, unknown, unknown][] = [
    ["result", "refused", "connected"],
    ["refusedBy", "handshake", "namespace"],
    ["message", "xhr poll error", "websocket error"],
    ["status", 401, 400],
    ["status", { atLeast: 400 }, { atLeast: 402 }],
    ["body", { message: "Unauthorized" }, { message: "Bad request", status: 400 }],
    ["data", null, { error: "invalid_token" }],
    ["willRetry", true, false],
  ];

  it.each(FIELDS)("is as expected where %s is %j, and not where it is %j", (field, good, bad) => {
    expect(differences({ [field]: good })).toEqual([]);
    expect(differences({ [field]: bad })).toMatchObject([{ field, expected: bad }]);
  });

  it("names the part that differs where there is one, and the whole where there are several", () => {
    expect(differences({ body: { message: "Bad request" } })).toEqual([
      { field: "body.message", expected: "Bad request", seen: "Unauthorized" },
    ]);
    const other = { message: "Bad request", status: 400 };
    expect(differences({ body: other })).toEqual([
      { field: "body", expected: other, seen: { message: "Unauthorized" } },
    ]);
  });

  it("differs in a field that it does not have", () => {
    const [difference] = differences({ lastTransport: "polling" });
    expect(difference).toEqual({ field: "lastTransport", expected: "polling", seen: null });
  });
});

function both<Value>(value: Value): { browser: Value; node: Value } {
  return { browser: value, node: value };
}

describe("an act before the last one", () => {
  const last: Act = { do: "emit", as: "socket", event: "whoami", args: [] };
  const acknowledged: ActOutcome = {
    do: "emit",
    as: "socket",
    result: "acknowledged",
    reply: 1,
    received: {},
    durationMs: 1,
  };
  function differencesOf(act: AttemptAct, seen: ActOutcome) {
    const attempt = { acts: [act, last], expect: both({ result: "acknowledged" }) };
    return findDifferences(attempt, "node", {
      outcome: [seen, acknowledged],
      trace: { steps: [] },
    });
  }

  it("must go well where the lesson says nothing of it", () => {
    const connected: ActOutcome = {
      do: "connect",
      result: "connected",
      firstTransport: "polling",
      lastTransport: "polling",
      durationMs: 1,
    };
    expect(differencesOf(GOOD_ACT, connected)).toEqual([]);
    const goesWell = { field: "acts.0", expected: "goes well" };
    expect(differencesOf(GOOD_ACT, REFUSED)).toEqual([{ ...goesWell, seen: "refused" }]);
    const answered: ActOutcome = {
      do: "request",
      result: "answered",
      status: 401,
      body: "",
      durationMs: 1,
    };
    expect(differencesOf(LOGIN, answered)).toEqual([{ ...goesWell, seen: "answered 401" }]);
    const skipped: ActOutcome = { do: "connect", result: "skipped", because: "", durationMs: 0 };
    expect(differencesOf(GOOD_ACT, skipped)).toEqual([{ ...goesWell, seen: "skipped" }]);
  });

  it("is compared with what the lesson says of it, for each client", () => {
    const refused = { result: "refused", status: 401 };
    expect(differencesOf({ ...GOOD_ACT, expect: both(refused) }, REFUSED)).toEqual([]);
    const expected = { browser: refused, node: { result: "refused", status: 400 } };
    expect(differencesOf({ ...GOOD_ACT, expect: expected }, REFUSED)).toEqual([
      { field: "acts.0.status", expected: 400, seen: 401 },
    ]);
  });
});

describe("a trace", () => {
  const FACTS: [fact: string, good: unknown, bad: unknown, field?: string][] = [
    ["checks", 1, 4],
    ["checks", { atLeast: 1 }, { atLeast: 2 }],
    ["requests", 1, 2],
    ["urlsWithToken", 0, { atLeast: 1 }],
    ["websocket", false, true],
    ["status", 401, null],
    ["challenge", "Bearer", null],
    ["cut", false, true],
    ["algorithm", "HS256", "none"],
    ["claims", { data: { id: 1 } }, { data: null }, "wire.claims.data"],
    ["claims", { aud: null }, { aud: "yoursite.net" }, "wire.claims.aud"],
  ];

  it.each(FACTS)(
    "is as expected where %s is %j, and not where it is %j",
    (fact, good, bad, field = `wire.${fact}`) => {
      expect(differences({}, { [fact]: good })).toEqual([]);
      expect(differences({}, { [fact]: bad })).toMatchObject([{ field }]);
    },
  );

  it("tells a cut connection and a websocket that opened", () => {
    const [request, , response] = STEPS as [Step, Step, Step & { kind: "response" }];
    const opened = { ...response, status: 101, headers: {} };
    const cut: Step = { ...at, kind: "closed", from: "server", isCut: true };
    const wire = { websocket: true, status: 101, challenge: null, cut: true, checks: 0 };
    expect(differences({}, wire, { steps: [request, opened, cut] })).toEqual([]);
  });

  it("counts the requests that had a token in their URL, and not the tokens", () => {
    const [request] = STEPS as [Step & { kind: "request" }];
    const inQuery = { ...token, place: "query" as const };
    const leaking: Step = { ...request, tokens: [token, inQuery, inQuery] };
    const trace = { steps: [request, leaking, leaking] };
    expect(differences({}, { urlsWithToken: 2 }, trace)).toEqual([]);
  });

  it("has no status, no algorithm and no claim where nothing was answered and no token seen", () => {
    const wire = { status: null, challenge: null, requests: 0, claims: { data: null } };
    expect(differences({}, wire, { steps: [] })).toEqual([]);
    const [difference] = differences({}, { algorithm: "HS256" }, { steps: [] });
    expect(difference).toEqual({ field: "wire.algorithm", expected: "HS256", seen: null });
  });
});

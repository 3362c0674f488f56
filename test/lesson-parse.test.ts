// A mistake in lesson.json is one sentence that names file, field, what was expected and what came.
import { describe, expect, it } from "vitest";
import { parseLesson } from "../scripts/lab/lessons/parse.ts";

const FILE = "lessons/07-example/lesson.json";
const PLACE = { number: 7, slug: "example", folder: "/lessons/07-example" };

type Facts = Record<string, unknown>;

const GOOD = { id: "good", title: "Good", acts: [{ do: "connect" }], why: { both: "It is." } };

/** The smallest lesson there can be. */
function facts(attempt: Facts = {}, others: Facts = {}): Facts {
  const connected = { result: "connected" };
  return {
    title: "Example",
    goal: "See it work.",
    code: [{ file: "tokens", heading: "Issue and verify" }],
    switches: { variant: "cjs", auth: "manual", serverTransports: ["polling"] },
    show: { attempt: "good", client: "node" },
    attempts: [{ ...GOOD, expect: { both: connected }, ...attempt }],
    ...others,
  };
}

function parse(value: Facts) {
  return parseLesson(JSON.stringify(value), FILE, PLACE);
}

describe("a good lesson.json", () => {
  it("gives every option that is left out its value", () => {
    const [attempt] = parse(facts()).attempts;
    expect(attempt).toEqual({
      id: "good",
      title: "Good",
      label: "Good",
      acts: [
        {
          do: "connect",
          as: "socket",
          transports: ["polling", "websocket"],
          tryAllTransports: false,
          credential: "header",
          scheme: "bearer",
          token: "valid",
        },
      ],
      expect: { browser: { result: "connected" }, node: { result: "connected" } },
      why: { browser: "It is.", node: "It is." },
    });
  });

  it("names an attempt by its group as well, where it stands alone", () => {
    const [attempt] = parse(facts({ group: "No token" })).attempts;
    expect(attempt).toMatchObject({ title: "No token: Good", label: "Good", group: "No token" });
  });

  it("takes its number, slug and folder from where it lies", () => {
    expect(parse(facts())).toMatchObject({ ...PLACE, oneAtATime: false, fixed: {} });
  });

  it("may say something else for each client", () => {
    const each = { browser: { result: "refused", status: null }, node: { result: "connected" } };
    expect(parse(facts({ expect: each })).attempts[0]?.expect).toEqual(each);
  });

  it("may hold every kind of act, and say what it expects of one before the last", () => {
    const refused = { browser: { result: "refused" }, node: { result: "connected" } };
    const acts = [
      { do: "request", path: "/self" },
      { do: "connect", as: "tab 1", token: { answered: "token" }, expect: refused },
      { do: "emit", as: "tab 1", event: "whoami" },
      { do: "wait", as: "tab 1", for: { event: "note" } },
      { do: "wait", as: "tab 1", for: "expiry" },
      { do: "renew", as: "tab 1" },
      { do: "disconnect", as: "tab 1" },
    ];
    const expected = { both: { result: "disconnected" } };
    const parsed = parse(facts({ acts, expect: expected })).attempts[0]!.acts;
    expect(parsed.map((act) => act.do)).toEqual(acts.map((act) => act.do));
    expect(parsed[0]).toMatchObject({ method: "GET", credential: "header", token: "valid" });
    expect(parsed[1]).toMatchObject({ expect: refused });
    expect(parsed[2]).toMatchObject({ args: [] });
    expect(parsed[5]).not.toHaveProperty("token");
  });
});

const connecting = (change: Facts): Facts => facts({ acts: [{ do: "connect", ...change }] });
const both = (expectation: Facts): Facts => facts({ expect: { both: expectation } });

const MISTAKES: [string, Facts, string][] = [
  [
    "an unknown key",
    facts({}, { titel: "x" }),
    '"titel" is not known here; check its spelling or remove it.',
  ],
  [
    "an unknown option",
    connecting({ transport: ["polling"] }),
    '"attempts[0].acts[0].transport" is not known here; check its spelling or remove it.',
  ],
  [
    "an option of connecting in a request",
    facts({ acts: [{ do: "request", path: "/self", transports: ["polling"] }] }),
    '"attempts[0].acts[0].transports" is not known here; check its spelling or remove it.',
  ],
  [
    "an attempt without acts",
    facts({ acts: [] }),
    '"attempts[0].acts" must be at least one act, got [].',
  ],
  [
    "an act that there is not",
    facts({ acts: [{ do: "connct" }] }),
    '"attempts[0].acts[0].do" must be "request" or "connect" or "emit" or "wait" or "renew" or "disconnect", got "connct".',
  ],
  [
    "an act of a connection that nobody opens",
    facts({
      acts: [{ do: "connect", as: "tab 1" }, { do: "disconnect", as: "tab 2" }, { do: "connect" }],
    }),
    '"attempts[0].acts[1].as" must be a connection that an act before it opens, got "tab 2".',
  ],
  [
    "a connection that is opened twice",
    facts({ acts: [{ do: "connect" }, { do: "connect" }] }),
    '"attempts[0].acts[1].as" must be a new connection, got "socket" again: "renew" opens it once more.',
  ],
  [
    "an expectation of the last act in the act",
    connecting({ expect: { both: { result: "connected" } } }),
    '"attempts[0].acts[0].expect" must stand in "attempts[0].expect", which is about the last act.',
  ],
  [
    "an expectation that no outcome of the act can fulfil",
    facts({ acts: [{ do: "request", path: "/self" }] }),
    '"attempts[0].expect.both.result" must be "answered" or "unanswered" or "skipped" or "not started", got "connected".',
  ],
  [
    "a field that no outcome of the act has",
    facts({
      acts: [
        { do: "connect", expect: { both: { result: "connected", reply: 1 } } },
        { do: "disconnect" },
      ],
    }),
    '"attempts[0].acts[0].expect.both.reply" is not known here; check its spelling or remove it.',
  ],
  [
    "a name that no variable can have",
    connecting({ as: "Tab 1" }),
    '"attempts[0].acts[0].as" must be lower-case words, such as tab 1, got "Tab 1".',
  ],
  [
    "something else to wait for",
    facts({
      acts: [{ do: "connect" }, { do: "wait", for: "exp" }],
      expect: { both: { result: "expired" } },
    }),
    '"attempts[0].acts[1].for" must be "disconnect" or "expiry", got "exp".',
  ],
  [
    "an unknown fact of the wire",
    both({ result: "connected", wire: { check: 1 } }),
    '"attempts[0].expect.both.wire.check" is not known here; check its spelling or remove it.',
  ],
  ["a missing title", facts({}, { title: undefined }), '"title" is missing.'],
  [
    "a key that is misspelled",
    facts({}, { title: undefined, titel: "x" }),
    '"title" is missing. "titel" is not known here; check its spelling or remove it.',
  ],
  ["a missing expectation", facts({ expect: undefined }), '"attempts[0].expect" is missing.'],
  [
    "an expectation for one client only",
    facts({ expect: { node: { result: "connected" } } }),
    '"attempts[0].expect.browser" is missing.',
  ],
  [
    "a result that there is not",
    both({ result: "ok" }),
    '"attempts[0].expect.both.result" must be "connected" or "refused" or "unanswered" or "skipped" or "not started", got "ok".',
  ],
  [
    "a number as text",
    both({ result: "refused", status: "401" }),
    '"attempts[0].expect.both.status" must be a number, got "401".',
  ],
  [
    "a negative count",
    both({ result: "refused", wire: { checks: -1 } }),
    '"attempts[0].expect.both.wire.checks" must be 0 or more, got -1.',
  ],
  [
    "a text for true or false",
    connecting({ tryAllTransports: "yes" }),
    '"attempts[0].acts[0].tryAllTransports" must be true or false, got "yes".',
  ],
  [
    "no transport",
    connecting({ transports: [] }),
    '"attempts[0].acts[0].transports" must be at least one transport, got [].',
  ],
  [
    "an id with a blank",
    facts({ id: "not good" }),
    '"attempts[0].id" must be lower-case words with hyphens between, got "not good".',
  ],
  [
    "a title too long for its row",
    facts({ title: "x".repeat(80) }),
    `"attempts[0].title" must be at most 44 characters, to fit its row, got "${"x".repeat(59)}….`,
  ],
  [
    "a reason that is no sentence",
    facts({ why: { both: "because" } }),
    '"attempts[0].why.both" must be a sentence that ends with a stop, got "because".',
  ],
  ["an attempt without a reason", facts({ why: undefined }), '"attempts[0].why" is missing.'],
  [
    "a reason for one client alone",
    facts({ why: { node: "It is." } }),
    '"attempts[0].why.browser" is missing.',
  ],
  [
    "a question with one answer",
    facts({ question: { ask: "Who?", field: ["user"], answers: { nobody: null } } }),
    '"attempts[0].question.answers" must be at least two answers, got {"nobody":null}.',
  ],
  [
    "a question that no answer is true of",
    facts({
      question: { ask: "How?", field: ["result"], answers: { well: "good", badly: "bad" } },
    }),
    '"attempts[0].question.answers" must hold what is expected at result.',
  ],
  [
    "a group that comes again after another",
    facts(
      {},
      {
        attempts: ["one", "other", "one"].map((group, at) => ({
          ...GOOD,
          id: `good-${at}`,
          title: `Good ${at}`,
          group,
          expect: { both: { result: "connected" } },
        })),
        show: { attempt: "good-0", client: "node" },
      },
    ),
    '"attempts[2].group" must stand beside the others of "one".',
  ],
  ["a lesson that is a list", [] as unknown as Facts, '"title" is missing.'],
  [
    "a variant that there is not",
    facts({}, { switches: { variant: "js", auth: "manual", serverTransports: ["polling"] } }),
    '"switches.variant" must be "cjs" or "esm" or "ts", got "js".',
  ],
  [
    "a title that comes twice",
    facts(
      {},
      {
        attempts: [
          { ...GOOD, expect: { both: { result: "connected" } } },
          { ...GOOD, id: "bad", expect: { both: { result: "connected" } } },
        ],
      },
    ),
    '"attempts[1].title" must be unique, got "Good" again.',
  ],
  [
    "a shown attempt that is not there",
    facts({}, { show: { attempt: "bad", client: "node" } }),
    '"show.attempt" must be the id of an attempt (good), got "bad".',
  ],
  [
    "a start outside what is fixed",
    facts({}, { fixed: { auth: { to: ["passport"], reason: "It is so." } } }),
    '"switches.auth" must be one of those in "fixed.auth.to" (passport), got "manual".',
  ],
];

describe("a mistake in lesson.json", () => {
  it.each(MISTAKES)("is named: %s", (_name, value, sentence) => {
    expect(() => parse(value)).toThrow(`${FILE}: ${sentence}`);
  });

  it("has a code that callers can branch on", () => {
    expect(() => parse({})).toThrow(expect.objectContaining({ code: "BAD_LESSON" }));
  });

  it("is named if the file is no JSON", () => {
    expect(() => parseLesson("{", FILE, PLACE)).toThrow(
      /^lessons\/07-example\/lesson.json: must be JSON/,
    );
  });
});

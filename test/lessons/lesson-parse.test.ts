// A mistake in lesson.json is one sentence that names file, field, what was expected and what came.
import { describe, expect, it } from "vitest";
import { parseLesson } from "../../scripts/lab/lessons/parse.ts";

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
    minutes: 5,
    code: [{ file: "tokens", heading: "Issue and verify" }],
    switches: { variant: "cjs", auth: "manual", serverTransports: ["polling"] },
    flips: ["variant"],
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

  it("may spell the scheme of a header, and choose what the option auth is given", () => {
    expect(parse(connecting({ scheme: "Bearer" })).attempts).toHaveLength(1);
    const payload = { credential: "payload", authOption: "object" };
    expect(parse(connecting(payload)).attempts).toHaveLength(1);
  });

  it("takes its number, slug and folder from where it lies", () => {
    expect(parse(facts())).toMatchObject({ ...PLACE, oneAtATime: false, fixed: {} });
  });

  it("may say something else for each client", () => {
    const each = { browser: { result: "refused", status: null }, node: { result: "connected" } };
    expect(parse(facts({ expect: each })).attempts[0]?.expect).toEqual(each);
  });
});

const connecting = (change: Facts): Facts => facts({ acts: [{ do: "connect", ...change }] });
const both = (expectation: Facts): Facts => facts({ expect: { both: expectation } });

// oxfmt-ignore
const MISTAKES: [string, Facts, string][] = [
  ["an unknown key", facts({}, { titel: "x" }), '"titel" is not known here; check its spelling or remove it.'],
  ["an unknown option", connecting({ transport: ["polling"] }), '"attempts[0].acts[0].transport" is not known here; check its spelling or remove it.'],
  ["an unknown fact of the wire", both({ result: "connected", wire: { check: 1 } }), '"attempts[0].expect.both.wire.check" is not known here; check its spelling or remove it.'],
  ["an option of the payload beside the header", connecting({ authOption: "function", scheme: "Bearer" }), '"attempts[0].acts[0].authOption" must stand beside "credential": "payload", got "header".'],
  ["an option of the header beside the payload", connecting({ authOption: "object", credential: "payload", scheme: "Bearer" }), '"attempts[0].acts[0].scheme" must stand beside "credential": "header", got "payload".'],
  ["a server to kill, where it is the only one", facts({ acts: [{ do: "kill", server: 1 }, { do: "connect" }] }, { oneAtATime: true }), '"attempts[0].acts[0].server" must stand in an attempt with several "servers".'],
  ["a server to kill that is not there", facts({ servers: 2, acts: [{ do: "kill", server: 3 }, { do: "connect" }] }, { oneAtATime: true }), '"attempts[0].acts[0].server" must be one of its 2 servers, got 3.'],
  ["a server to kill that others use", facts({ servers: 2, acts: [{ do: "kill", server: 2 }, { do: "connect" }] }), '"attempts[0].acts[0].server" must stand in a lesson with "oneAtATime": true.'],
  ["a setting that is no text", facts({ settings: { TOKEN_LIFETIME_SECONDS: 2 } }), '"attempts[0].settings.TOKEN_LIFETIME_SECONDS" must be a text, got 2.'],
  ["a missing title", facts({}, { title: undefined }), '"title" is missing.'],
  ["a key that is misspelled", facts({}, { title: undefined, titel: "x" }), '"title" is missing. "titel" is not known here; check its spelling or remove it.'],
  ["a missing expectation", facts({ expect: undefined }), '"attempts[0].expect" is missing.'],
  ["an expectation for one client only", facts({ expect: { node: { result: "connected" } } }), '"attempts[0].expect.browser" is missing.'],
  ["a result that there is not", both({ result: "ok" }), '"attempts[0].expect.both.result" must be "connected" or "refused" or "unanswered" or "skipped" or "not started", got "ok".'],
  ["a number as text", both({ result: "refused", status: "401" }), '"attempts[0].expect.both.status" must be a number, got "401".'],
  ["a negative count", both({ result: "refused", wire: { checks: -1 } }), '"attempts[0].expect.both.wire.checks" must be 0 or more, got -1.'],
  ["a text for true or false", connecting({ tryAllTransports: "yes" }), '"attempts[0].acts[0].tryAllTransports" must be true or false, got "yes".'],
  ["no transport", connecting({ transports: [] }), '"attempts[0].acts[0].transports" must be at least one transport, got [].'],
  ["an id with a blank", facts({ id: "not good" }), '"attempts[0].id" must be lower-case words with hyphens between, got "not good".'],
  ["a title too long for its row", facts({ title: "x".repeat(80) }), `"attempts[0].title" must be at most 44 characters, to fit its row, got "${"x".repeat(59)}….`],
  ["a reason that is no sentence", facts({ why: { both: "because" } }), '"attempts[0].why.both" must be a sentence that ends with a stop, got "because".'],
  ["an attempt without a reason", facts({ why: undefined }), '"attempts[0].why" is missing.'],
  ["a reason for one client alone", facts({ why: { node: "It is." } }), '"attempts[0].why.browser" is missing.'],
  ["a question with one answer", facts({ question: { ask: "Who?", field: ["user"], answers: { nobody: null } } }), '"attempts[0].question.answers" must be at least two answers, got {"nobody":null}.'],
  ["an answer that would not stay in its place", facts({ question: { ask: "Who?", field: ["user"], answers: { nobody: null, "1": 1 } } }), '"attempts[0].question.answers" must be words, got {"1":1,"nobody":null}.'],
  ["a question that no answer is true of", facts({ question: { ask: "How?", field: ["result"], answers: { well: "good", badly: "bad" } } }), '"attempts[0].question.answers" must hold what is expected at result.'],
  ["a switch that there is not", facts({}, { flips: ["format"] }), '"flips[0]" must be "variant" or "auth" or "serverTransports" or "transports" or "tryAllTransports" or "credential" or "scheme" or "token", got "format".'],
  ["a group that comes again after another", facts({}, { attempts: ["one", "other", "one"].map((group, at) => ({ ...GOOD, id: `good-${at}`, title: `Good ${at}`, group, expect: { both: { result: "connected" } } })), show: { attempt: "good-0", client: "node" } }), '"attempts[2].group" must stand beside the others of "one".'],
  ["a lesson that is a list", [] as unknown as Facts, '"title" is missing.'],
  ["a variant that there is not", facts({}, { switches: { variant: "js", auth: "manual", serverTransports: ["polling"] } }), '"switches.variant" must be "cjs" or "esm" or "ts", got "js".'],
  ["a title that comes twice", facts({}, { attempts: [{ ...GOOD, expect: { both: { result: "connected" } } }, { ...GOOD, id: "bad", expect: { both: { result: "connected" } } }] }), '"attempts[1].title" must be unique, got "Good" again.'],
  ["a shown attempt that is not there", facts({}, { show: { attempt: "bad", client: "node" } }), '"show.attempt" must be the id of an attempt (good), got "bad".'],
  ["a start outside what is fixed", facts({}, { fixed: { auth: { to: ["passport"], reason: "It is so." } } }), '"switches.auth" must be one of those in "fixed.auth.to" (passport), got "manual".'],
];

describe("a mistake in lesson.json", () => {
  it.each(MISTAKES)("is named: %s", (_name, value, sentence) => {
    expect(() => parse(value)).toThrow(`${FILE}: ${sentence}`);
  });

  it("has a code that callers can branch on", () => {
    expect(() => parse({})).toThrow(expect.objectContaining({ code: "BAD_LESSON" }));
  });

  it("is named if the file is not JSON", () => {
    expect(() => parseLesson("{", FILE, PLACE)).toThrow(
      /^lessons\/07-example\/lesson.json: must be JSON/,
    );
  });
});

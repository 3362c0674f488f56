// The acts in lesson.json: each kind with its values, and a mistake in one sentence.
import { describe, expect, it } from "vitest";
import { parseLesson } from "../../scripts/lab/lessons/parse.ts";

type Facts = Record<string, unknown>;

/** A lesson with one attempt. */
function parse(acts: Facts[], expectation: Facts = { result: "connected" }) {
  const expected = { both: expectation };
  const lesson = {
    title: "Example",
    goal: "See it work.",
    minutes: 5,
    flips: [],
    code: [],
    switches: { variant: "cjs", auth: "manual", serverTransports: ["polling"] },
    show: { attempt: "good", client: "node" },
    attempts: [{ id: "good", title: "Good", acts, expect: expected, why: { both: "It is." } }],
  };
  const place = { number: 7, slug: "example", folder: "/lessons/07-example" };
  return parseLesson(JSON.stringify(lesson), "lesson.json", place).attempts[0]!;
}

describe("the acts of an attempt", () => {
  it("may be of every kind, and say what is expected of one before the last", () => {
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
    const parsed = parse(acts, { result: "disconnected" }).acts;
    expect(parsed.map((act) => act.do)).toEqual(acts.map((act) => act.do));
    expect(parsed[0]).toMatchObject({ method: "GET", credential: "header", token: "valid" });
    expect(parsed[1]).toMatchObject({ expect: refused });
    expect(parsed[2]).toMatchObject({ args: [] });
    expect(parsed[5]).not.toHaveProperty("token");
  });

  const connect = { do: "connect" };
  // oxfmt-ignore
  const MISTAKES: [string, Facts[], string][] = [
    ["none", [], '"attempts[0].acts" must be at least one act, got [].'],
    ["one that there is not", [{ do: "connct" }], '"attempts[0].acts[0].do" must be "request" or "connect" or "emit" or "wait" or "refresh" or "renew" or "disconnect" or "kill", got "connct".'],
    ["an option of another kind", [{ do: "request", path: "/self", transports: ["polling"] }], '"attempts[0].acts[0].transports" is not known here; check its spelling or remove it.'],
    ["one alone that is at once", [{ do: "request", path: "/self", atOnce: 1 }], '"attempts[0].acts[0].atOnce" must be 2 or more, got 1.'],
    ["more at once than a browser sends", [{ do: "request", path: "/self", atOnce: 7 }], '"attempts[0].acts[0].atOnce" must be at most 6, as many connections as a browser opens to a server, got 7.'],
    ["one of a connection that nobody opens", [{ ...connect, as: "tab 1" }, { do: "disconnect", as: "tab 2" }, connect], '"attempts[0].acts[1].as" must be a connection that an act before it opens, got "tab 2".'],
    ["a namespace without its slash", [{ ...connect, namespace: "admin" }], '"attempts[0].acts[0].namespace" must be a slash and a lower-case word, got "admin".'],
    ["an answer to a refusal that no app gives", [{ ...connect, afterRefusal: "retry" }], '"attempts[0].acts[0].afterRefusal" must be "go on" or "stop", got "retry".'],
    ["a fresh token that there is not", [{ ...connect, afterRefusal: { freshToken: "new" } }], '"attempts[0].acts[0].afterRefusal.freshToken" must be '],
    ["a connection that is opened twice", [connect, connect], '"attempts[0].acts[1].as" must be a new connection, got "socket" again: "renew" opens it once more.'],
    ["a name that no variable can have", [{ ...connect, as: "Tab 1" }], '"attempts[0].acts[0].as" must be lower-case words, such as tab 1, got "Tab 1".'],
    ["an expectation of the last one in the act", [{ ...connect, expect: { both: { result: "connected" } } }], '"attempts[0].acts[0].expect" must stand in "attempts[0].expect", which is about the last act.'],
    ["an expectation that no outcome can fulfil", [{ do: "request", path: "/self" }], '"attempts[0].expect.both.result" must be "answered" or "unanswered" or "skipped" or "not started", got "connected".'],
    ["an expected field that no outcome has", [{ ...connect, expect: { both: { result: "connected", reply: 1 } } }, { do: "renew" }], '"attempts[0].acts[0].expect.both.reply" is not known here; check its spelling or remove it.'],
    ["something else to wait for", [connect, { do: "wait", for: "exp" }, { do: "renew" }], '"attempts[0].acts[1].for" must be "disconnect" or "connect" or "expiry", got "exp".'],
  ];

  it.each(MISTAKES)("are refused in a sentence: %s", (_name, acts, sentence) => {
    expect(() => parse(acts)).toThrow(`lesson.json: ${sentence}`);
  });
});

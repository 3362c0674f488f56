// The words of acts and outcomes: the same on the page and in the terminal.
import { describe, expect, it } from "vitest";
import { actTitle, actWords, outcomeWords } from "../../scripts/model/words/acts.ts";
import type { Act, ActOutcome } from "../../scripts/model/acts.ts";
import { valueWords } from "../../scripts/model/words/values.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { describeOutcome } from "../../scripts/terminal/lesson/outcome-words.ts";
import { GOOD_ACT, LOGIN } from "../helpers/good-act.ts";
import {
  ANSWERED,
  CONNECTED,
  NOTE,
  NOTED,
  REFUSED,
  SKIPPED,
  UNANSWERED,
} from "../helpers/outcomes.ts";

const TRIED = { tried: 4, freshTokens: 1, seenByOnAny: 0 };
const END = { reason: "io server disconnect", willRetry: false, durationMs: 1 };

describe("an outcome", () => {
  const WORDS: [ActOutcome, string, string][] = [
    [CONNECTED, "connected", "john, polling→websocket"],
    [REFUSED, "refused", "xhr poll error, 401"],
    [{ ...REFUSED, message: "", status: undefined }, "refused", "an empty message"],
    [{ ...REFUSED, ...TRIED }, "refused", "4 tried, xhr poll error, 401"],
    [{ ...CONNECTED, ...TRIED }, "connected", "4 tried, john, polling→websocket"],
    [UNANSWERED, "unanswered", "nothing came in time"],
    [ANSWERED, "answered 200", '{"id":1,"username":"john"}'],
    [{ ...ANSWERED, status: 401, body: { message: "No" } }, "answered 401", "No"],
    [NOTED, "2 connections", "2 events"],
    [{ ...NOTED, reply: { connections: 1 }, received: {} }, "1 connection", ""],
    [{ ...NOTED, reply: { isConnected: false }, received: {} }, "no", "isConnected: false"],
    [{ ...NOTED, reply: { error: "No." }, received: {} }, "error", "No."],
    [{ ...NOTED, reply: { a: 1, b: 2 } }, "acknowledged", '{"a":1,"b":2}, 2 events'],
    [{ ...NOTED, reply: [5], received: {} }, "acknowledged", "[5]"],
    [{ ...NOTED, reply: undefined, received: {} }, "acknowledged", "nothing"],
    [{ do: "emit", result: "lost", received: {}, ...END }, "lost", "io server disconnect"],
    [{ do: "wait", result: "received", args: ["hi", 1], durationMs: 1 }, "received", "hi 1"],
    [{ do: "wait", result: "received", args: [], durationMs: 1 }, "received", "no arguments"],
    [
      { do: "wait", result: "received", args: [{ from: 1, text: "hi" }], durationMs: 1 },
      "received",
      '"hi"',
    ],
    [
      { do: "wait", result: "disconnected", expiredMs: 12, ...END },
      "disconnected",
      "12 ms after the expiry, io server disconnect",
    ],
    [{ do: "wait", result: "expired", durationMs: 1 }, "expired", "the token"],
    [{ do: "wait", result: "disconnected", ...END }, "disconnected", "io server disconnect"],
    [{ ...CONNECTED, do: "renew" }, "connected", "john, polling→websocket"],
    [{ do: "disconnect", result: "disconnected", ...END }, "disconnected", "io server disconnect"],
    [
      { ...ANSWERED, do: "refresh", status: 401, statuses: [200, 401], body: { message: "No" } },
      "answered 200 and 401",
      "No",
    ],
    [SKIPPED, "skipped", "socket is not connected"],
    [
      { do: "emit", result: "not started", sentence: "It ended.", printed: ["Oh."], durationMs: 0 },
      "no server",
      "It ended.",
    ],
  ];

  it.each(WORDS)("has a word and a few more: $do $result", (outcome, word, detail) => {
    expect(outcomeWords([outcome])).toMatchObject({ word, detail });
    expect(describeOutcome([outcome])).toMatchObject({ word, detail });
    expect(actWords(outcome).facts.length).toBeGreaterThan(0);
  });

  it("of several acts is that of the last one that was done", () => {
    expect(outcomeWords([CONNECTED, NOTED]).word).toBe("2 connections");
    expect(outcomeWords([CONNECTED, REFUSED, SKIPPED]).word).toBe("refused");
  });

  it("has the sign of its outcome: an answer has none, and what should have been refused is not good", () => {
    const signs = [CONNECTED, REFUSED, UNANSWERED, NOTED].map((each) => outcomeWords([each]).sign);
    expect(signs).toEqual(["good", "bad", "open", "answer"]);
    const weaker = { shouldBeRefused: true } as const;
    expect(outcomeWords([CONNECTED], weaker)).toMatchObject({
      sign: "warn",
      word: "let in",
      detail: "should have been refused",
    });
    expect(outcomeWords([REFUSED], weaker).sign).toBe("bad");
    expect(describeOutcome([CONNECTED], weaker)).toMatchObject({ sign: "⚠", meaning: "surprise" });
    expect(describeOutcome([NOTED])).toMatchObject({ sign: " " });
  });

  it("answers what the lesson asks of it, where a reply does not say that itself", async () => {
    const { attempts } = await readLesson(5);
    const asked = (id: string) => attempts.find((each) => each.id === id)!;
    const from = { id: 2, username: "jane" };
    const told = { ...NOTED, reply: { connections: 1 }, received: { john: [["note", { from }]] } };
    expect(outcomeWords([told], asked("pretend"))).toMatchObject({
      sign: "answer",
      word: "jane",
      detail: "1 connection, 1 event",
    });
    expect(outcomeWords([NOTED], asked("both-tabs")).word).toBe("both");
    const wrong = { ...NOTED, reply: { error: "No." }, received: {} };
    expect(outcomeWords([wrong], asked("wrong-id"))).toMatchObject({
      word: "an error",
      detail: "No.",
    });
    // None of the answers came true.
    const others = { ...NOTED, reply: { connections: 9 } };
    expect(outcomeWords([others], asked("both-tabs")).word).toBe("9 connections");
    expect(outcomeWords([REFUSED], asked("both-tabs")).word).toBe("refused");
  });

  it("has a shape of its own, not only a colour", () => {
    const shapes = [CONNECTED, REFUSED, UNANSWERED].map((each) => actWords(each).shape);
    expect(shapes).toEqual(["good", "bad", "open"]);
  });

  it("says what a client cannot see of a refusal", () => {
    const untold = { ...REFUSED, description: undefined, status: undefined };
    const facts = Object.fromEntries(actWords(untold).facts);
    expect(facts).toMatchObject({ status: "not visible", retries: "yes, automatically" });
    expect(Object.fromEntries(actWords(REFUSED).facts)).toMatchObject({
      description: "401",
      status: "401, read from the description",
    });
  });

  it("says what each connection received, also that it received nothing", () => {
    const received = { "tab 1": [NOTE, NOTE], jane: [] };
    const facts = Object.fromEntries(actWords({ ...NOTED, received }).facts);
    expect(facts).toEqual({
      acknowledged: '{"connections":2}',
      "tab 1 received": 'note {"text":"hello"}; note {"text":"hello"}',
      "jane received": "nothing",
    });
  });

  it("shows of a token its end only", () => {
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJkYXRhIjp7fX0.abcdefSIGNAT";
    expect(valueWords({ token })).toBe('{"token":"…SIGNAT"}');
  });
});

describe("an act", () => {
  it("has a title, with the name of its connection where that has one", () => {
    const acts: Act[] = [
      LOGIN,
      { ...LOGIN, method: "GET", path: "/self", atOnce: 3 },
      GOOD_ACT,
      { do: "emit", as: "tab 1", event: "sendNote", args: [] },
      { do: "wait", as: "jane", for: { event: "note" } },
      { do: "wait", as: "socket", for: "expiry" },
      { do: "renew", as: "socket" },
      { do: "disconnect", as: "tab 1" },
    ];
    expect(acts.map(actTitle)).toEqual([
      "POST /login",
      "GET /self, 3 at once",
      "connect",
      "tab 1: emit sendNote",
      "jane: wait for note",
      "wait until the token has expired",
      "connect again",
      "tab 1: disconnect",
    ]);
  });
});

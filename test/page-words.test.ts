// The words of the sandbox page: outcomes, predictions, the client's code, the browser's name.
import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { readClaims } from "../public/page/bench/draft.ts";
import { browserName } from "../public/page/shell/browser-name.ts";
import { excerptOf } from "../public/page/shell/excerpt.ts";
import { answersTo, isAsPredicted, saidWords } from "../public/page/lesson/prediction.ts";
import { predictionScore } from "../public/page/lesson/prediction-score.ts";
import { firstState, type State } from "../public/page/shell/state.ts";
import { actTitle, actWords, codeOf, outcomeWords } from "../scripts/model/act-words.ts";
import type { Act, ActOutcome, OutcomeOf } from "../scripts/model/acts.ts";
import type { Attempt } from "../scripts/model/attempt.ts";
import { ownAttempt } from "../scripts/model/own-attempt.ts";
import { answerWords } from "../scripts/model/question.ts";
import { FIRST_SWITCHES, type OwnSwitches } from "../scripts/model/switches.ts";
import { valueWords } from "../scripts/model/words/values.ts";
import { readLesson } from "../scripts/lab/lessons/files.ts";
import { describeOutcome } from "../scripts/terminal/lesson/outcome-words.ts";
import { GOOD_ACT, LOGIN } from "./good-act.ts";

const CONNECTED: ActOutcome = {
  do: "connect",
  result: "connected",
  user: { id: 1, username: "john" },
  firstTransport: "polling",
  lastTransport: "websocket",
  durationMs: 12.3,
};
const NOTE = ["note", { text: "hello" }];
const NOTED: ActOutcome = {
  do: "emit",
  result: "acknowledged",
  reply: { connections: 2 },
  received: { "tab 1": [NOTE], "tab 2": [NOTE] },
  durationMs: 2,
};
const REFUSED: OutcomeOf<"connect"> & { result: "refused" } = {
  do: "connect",
  result: "refused",
  refusedBy: "handshake",
  message: "xhr poll error",
  description: 401,
  status: 401,
  body: { message: "Unauthorized" },
  data: undefined,
  willRetry: true,
  durationMs: 3,
};
const UNANSWERED: ActOutcome = { do: "connect", result: "unanswered", durationMs: 5000 };
const ANSWERED: OutcomeOf<"request"> & { result: "answered" } = {
  do: "request",
  result: "answered",
  status: 200,
  challenge: undefined,
  body: { id: 1, username: "john" },
  durationMs: 2,
};
const SKIPPED: ActOutcome = {
  do: "emit",
  result: "skipped",
  because: "socket is not connected",
  durationMs: 0,
};
const END = { reason: "io server disconnect", willRetry: false, durationMs: 1 };

describe("an outcome", () => {
  const WORDS: [ActOutcome, string, string][] = [
    [CONNECTED, "connected", "john, polling→websocket"],
    [REFUSED, "refused", "xhr poll error, 401"],
    [UNANSWERED, "unanswered", "nothing came in time"],
    [ANSWERED, "answered 200", '{"id":1,"username":"john"}'],
    [{ ...ANSWERED, status: 401, body: { message: "No" } }, "answered 401", "No"],
    [NOTED, "acknowledged", '{"connections":2}, 2 events'],
    [{ do: "emit", result: "lost", received: {}, ...END }, "lost", "io server disconnect"],
    [{ do: "wait", result: "received", args: ["hi", 1], durationMs: 1 }, "received", "hi 1"],
    [{ do: "wait", result: "expired", durationMs: 1 }, "expired", "the token"],
    [{ do: "wait", result: "disconnected", ...END }, "disconnected", "io server disconnect"],
    [{ ...CONNECTED, do: "renew" }, "connected", "john, polling→websocket"],
    [{ do: "disconnect", result: "disconnected", ...END }, "disconnected", "io server disconnect"],
    [SKIPPED, "skipped", "socket is not connected"],
    [
      { do: "emit", result: "not started", sentence: "It ended.", printed: ["Oh."], durationMs: 0 },
      "no server",
      "It ended.",
    ],
  ];

  it.each(WORDS)("is told in a word and a few more: $do $result", (outcome, word, detail) => {
    expect(outcomeWords([outcome])).toMatchObject({ word, detail });
    expect(describeOutcome([outcome])).toMatchObject({ word, detail });
    expect(actWords(outcome).facts.length).toBeGreaterThan(0);
  });

  it("of several acts is that of the last one that was done", () => {
    expect(outcomeWords([CONNECTED, NOTED]).word).toBe("acknowledged");
    expect(outcomeWords([CONNECTED, REFUSED, SKIPPED]).word).toBe("refused");
  });

  it("with a question is told as its answer, and as usual where no answer is true", () => {
    const question = {
      ask: "How many?",
      field: ["reply", "connections"],
      answers: { two: 2, three: 3 },
    } satisfies Attempt["question"];
    expect(answerWords({ question }, NOTED)).toBe("two – How many?");
    expect(answerWords({ question }, CONNECTED)).toBe(undefined);
    expect(answerWords({}, NOTED)).toBe(undefined);
  });

  it("has a shape of its own, whatever its colour", () => {
    const shapes = [CONNECTED, REFUSED, UNANSWERED].map((each) => actWords(each).shape);
    expect(shapes).toEqual(["good", "bad", "open"]);
  });

  it("says of a refusal what the client was not told", () => {
    const untold = { ...REFUSED, description: undefined, status: undefined };
    const facts = Object.fromEntries(actWords(untold).facts);
    expect(facts).toMatchObject({ status: "not told", retries: "yes, automatically" });
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
      GOOD_ACT,
      { do: "emit", as: "tab 1", event: "sendNote", args: [] },
      { do: "wait", as: "jane", for: { event: "note" } },
      { do: "wait", as: "socket", for: "expiry" },
      { do: "renew", as: "socket" },
      { do: "disconnect", as: "tab 1" },
    ];
    expect(acts.map(actTitle)).toEqual([
      "POST /login",
      "connect",
      "tab 1: emit sendNote",
      "jane: wait for note",
      "wait until the token has expired",
      "connect again",
      "tab 1: disconnect",
    ]);
  });
});

describe("a prediction", async () => {
  const [login] = (await readLesson(1)).attempts;
  const [first] = (await readLesson(3)).attempts;
  const notes = (await readLesson(5)).attempts;
  const [note] = notes;
  const counts: [string, ActOutcome, Attempt | undefined, boolean][] = [
    ["connects", CONNECTED, first, true],
    ["connects", REFUSED, first, false],
    ["connects", UNANSWERED, first, false],
    ["is refused", REFUSED, first, true],
    ["is refused", CONNECTED, first, false],
    ["is refused", UNANSWERED, first, false],
    ["succeeds", ANSWERED, login, true],
    ["succeeds", { ...ANSWERED, status: 401 }, login, false],
    ["is refused", { ...ANSWERED, status: 401 }, login, true],
    ["two", NOTED, note, true],
    ["one", NOTED, note, false],
    ["none", CONNECTED, note, false],
    ["none", REFUSED, note, false],
    ["two", SKIPPED, note, false],
  ];

  it.each(counts)("%s, of $result in row $title: %s", (prediction, outcome, attempt, isTrue) => {
    expect(isAsPredicted(prediction, [outcome], attempt!)).toBe(isTrue);
  });

  it("is chosen from the answers to the row's question, or says how it ends", () => {
    expect([login, first, note].map((attempt) => answersTo(attempt!))).toEqual([
      ["succeeds", "is refused"],
      ["connects", "is refused"],
      ["none", "one", "two"],
    ]);
  });

  it("that came otherwise is told with what came true, where its words do not say so", () => {
    expect(saidWords("connects", [REFUSED], first!)).toBe("You said it connects.");
    expect(saidWords("one", [NOTED], note!)).toBe("You said: one; it was two.");
    expect(saidWords("one", [REFUSED], note!)).toBe("You said: one; it was refused.");
    const wrongId = notes.find(({ id }) => id === "wrong-id")!;
    expect(saidWords("0 connections", [REFUSED], wrongId)).toBe(
      "You said: 0 connections; it was refused.",
    );
  });

  it("is counted once its cell has run", async () => {
    const { folder: _, ...lesson } = await readLesson(3);
    const view = { ...lesson, words: "", code: [] };
    const filled = { phase: "filled", filled: { outcome: [CONNECTED] } };
    const score = (said: string, cells: Record<string, unknown>): string | undefined => {
      const address = { view: { page: "lesson", number: 3 }, chosen: {}, cell: undefined };
      const predictions = { said: { [`${first!.id} node`]: said }, isRevealed: true };
      const state = { ...firstState("Chrome", true), address, lesson: view, predictions, cells };
      return predictionScore(state as unknown as State);
    };
    expect(score("connects", {})).toBeUndefined();
    expect(score("connects", { [`${first!.id} node`]: filled })).toBe("All 1 as you said.");
    expect(score("is refused", { [`${first!.id} node`]: filled })).toBe("1 of 1 not as you said.");
  });
});

function ownCode(change: Partial<OwnSwitches>): string {
  return codeOf(ownAttempt({ ...FIRST_SWITCHES, ...change }).acts);
}

describe("the client's code", () => {
  it("names what is not the default, and nothing else", () => {
    expect(ownCode({ credential: "none" })).toBe("const socket = io();");
    expect(ownCode({ transports: ["websocket"], credential: "payload" })).toBe(
      'const socket = io({\n  transports: ["websocket"],\n  auth: { token },\n});',
    );
  });

  it("calls a token by its name", () => {
    const code = ownCode({ scheme: "Bearer", token: "wrong-issuer" });
    expect(code).toContain("authorization: `Bearer ${wrongIssuerToken}`");
  });

  it("never holds a typed token", () => {
    expect(ownCode({ token: { text: "eyJhbGci" } })).toContain("typedToken");
  });

  it("says who else is there, and what is sent", async () => {
    const { attempts } = await readLesson(5);
    const code = codeOf(attempts.find(({ id }) => id === "both-tabs")!.acts);
    expect(code.split("\n").filter((line) => !line.includes("extraHeaders"))).toEqual([
      "const tab1 = io({",
      "});",
      "const tab2 = io({",
      "});",
      'tab2.emit("sendNote", 1, "hello", (reply) => {});',
    ]);
  });

  it("logs in, connects with what was answered, waits, connects again with another token and disconnects", async () => {
    const acts: Act[] = [
      LOGIN,
      { ...GOOD_ACT, token: { answered: "token" } },
      { do: "wait", as: "socket", for: { event: "note" } },
      { do: "wait", as: "socket", for: "expiry" },
      { do: "renew", as: "socket", token: "other-user" },
      { do: "disconnect", as: "socket" },
    ];
    const code = codeOf(acts);
    expect(code.split("\n")).toEqual([
      'const { token: answeredToken } = await (await fetch("/login", {',
      '  method: "POST",',
      '  headers: { "content-type": "application/json" },',
      '  body: JSON.stringify({"username":"john","password":"changeit"}),',
      "})).json();",
      "const socket = io({",
      '  transports: ["websocket"],',
      "  extraHeaders: { authorization: `Bearer ${answeredToken}` },",
      "});",
      'await new Promise((resolve) => socket.once("note", resolve));',
      "// Here the token expires.",
      "socket.io.opts.extraHeaders = { authorization: `Bearer ${otherUserToken}` };",
      "socket.disconnect().connect();",
      "socket.disconnect();",
    ]);
    await expect(transform(code)).resolves.toBeDefined();
  });

  it("is JavaScript, for every attempt of every lesson", async () => {
    for (const number of [1, 2, 3, 4, 5, 6])
      for (const { acts } of (await readLesson(number)).attempts)
        await expect(transform(codeOf(acts))).resolves.toBeDefined();
  });
});

describe("an excerpt", () => {
  it("loses its own heading and its margin", () => {
    expect(excerptOf("  // --- The check ---\n\n  a();\n    b();\n")).toBe("a();\n  b();\n");
  });
});

describe("the browser's name", () => {
  const USER_AGENTS: [string, string][] = [
    [
      "Chrome 147",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/147.0.0.0 Safari/537.36",
    ],
    [
      "Edge 141",
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    ],
    ["Firefox 153", "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"],
    [
      "Safari 26",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
    ],
    ["This browser", "something else"],
  ];

  it.each(USER_AGENTS)("is %s by its user agent", (name, userAgent) => {
    expect(browserName({ userAgent })).toBe(name);
  });

  it("is the brand that is neither made up nor only the engine", () => {
    const brands = [
      { brand: "Not;A=Brand", version: "8" },
      { brand: "Chromium", version: "147" },
      { brand: "Google Chrome", version: "147" },
    ];
    expect(browserName({ userAgent: "", userAgentData: { brands } })).toBe("Chrome 147");
    expect(browserName({ userAgent: "", userAgentData: { brands: brands.slice(0, 2) } })).toBe(
      "Chromium 147",
    );
  });
});

describe("claims that are no JSON", () => {
  it.each([
    ["{a}", /^Line 1: this is no JSON yet: Expected property name or '}'\.$/],
    ['{"a": 1,\n"b": "x', /^Line 2: this is no JSON yet: Unterminated string\.$/],
    ["", /^This is no JSON yet: Unexpected end of JSON input\.$/],
    ["[1]", /^Claims are a JSON object \(RFC 7519 §4\)/],
  ])("%j are told with the line, where the engine tells one", (text, sentence) => {
    expect(readClaims(text)).toEqual({ problem: expect.stringMatching(sentence) });
  });
});

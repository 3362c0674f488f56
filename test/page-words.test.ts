// The words of the sandbox page: outcomes, predictions, the client's code, the browser's name.
import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { readClaims } from "../public/page/bench/draft.ts";
import { browserName } from "../public/page/shell/browser-name.ts";
import { attemptCode, ownCode } from "../public/page/lesson/client-code.ts";
import { FIRST_SWITCHES } from "../scripts/model/choices.ts";
import { excerptOf } from "../public/page/lesson/lesson-code.ts";
import { outcomeFacts, outcomeWords, valueWords } from "../public/page/lesson/outcome-words.ts";
import { answerWords } from "../scripts/model/question.ts";
import { answersTo, isAsPredicted, saidWords } from "../public/page/lesson/prediction.ts";
import { predictionScore } from "../public/page/lesson/prediction-score.ts";
import type { LessonState } from "../public/page/lesson/lesson-state.ts";
import { firstState } from "../public/page/shell/state.ts";
import type { Answered, Outcome } from "../scripts/model/outcome.ts";
import { describeOutcome } from "../scripts/terminal/lesson/outcome-words.ts";
import { readLesson } from "../scripts/lab/lessons/files.ts";
import type { LessonAttempt } from "../scripts/model/lesson.ts";

const CONNECTED: Outcome = {
  result: "connected",
  user: { id: 1, username: "john" },
  firstTransport: "polling",
  lastTransport: "websocket",
  replies: [],
  received: [[]],
  durationMs: 12.3,
};
const NOTED: Outcome = {
  ...CONNECTED,
  replies: [{ connections: 2 }],
  received: [[["note", { text: "hello" }]], [["note", { text: "hello" }]]],
};
const REFUSED: Outcome = {
  result: "refused",
  refusedBy: "handshake",
  message: "xhr poll error",
  description: 401,
  status: 401,
  body: '{"message":"Unauthorized"}',
  data: undefined,
  willRetry: true,
  durationMs: 3,
};
const UNANSWERED: Outcome = { result: "unanswered", durationMs: 5000 };
const ANSWERED: Answered = {
  result: "answered",
  status: 200,
  challenge: undefined,
  body: { id: 1, username: "john" },
  durationMs: 2,
};

describe("an outcome", () => {
  it.each([CONNECTED, NOTED, REFUSED, ANSWERED, { ...ANSWERED, status: 401 }])(
    "is told in the same words as in the terminal: $result $status",
    (outcome) => {
      const { word, detail } = describeOutcome(outcome);
      const words = outcomeWords(outcome);
      expect(words.word).toBe(word);
      // The terminal saves the blanks around an arrow.
      expect(words.detail.replace(" → ", "→")).toBe(detail);
    },
  );

  it("with a question is told as its answer, and as usual where no answer is true", () => {
    const question = {
      ask: "How many?",
      field: ["replies", 0, "connections"],
      answers: { two: 2, three: 3 },
    } satisfies LessonAttempt["question"];
    expect(answerWords({ question }, NOTED)).toBe("two – How many?");
    expect(answerWords({ question }, CONNECTED)).toBe(undefined);
    expect(answerWords({}, NOTED)).toBe(undefined);
  });

  it("that is one message is told as that message", () => {
    const body = { message: "Unauthorized" };
    expect(outcomeWords({ ...ANSWERED, body }).detail).toBe("Unauthorized");
  });

  it("has a shape of its own, whatever its colour", () => {
    const shapes = [CONNECTED, REFUSED, UNANSWERED].map((each) => outcomeWords(each).shape);
    expect(new Set(shapes).size).toBe(3);
  });

  it("says of a refusal what the client was not told", () => {
    const untold = { ...REFUSED, description: undefined, status: undefined };
    const facts = Object.fromEntries(outcomeFacts(untold));
    expect(facts).toMatchObject({ status: "not told", "tries again": "yes, by itself" });
    expect(Object.fromEntries(outcomeFacts(REFUSED))).toMatchObject({
      description: "401",
      status: "401, read from the description",
    });
  });

  it("shows of a token its end only", () => {
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJkYXRhIjp7fX0.abcdefSIGNAT";
    expect(valueWords({ token })).toBe('{"token":"…SIGNAT"}');
  });
});

describe("a prediction", async () => {
  const [login] = (await readLesson(1)).attempts;
  const [first] = (await readLesson(3)).attempts;
  const notes = (await readLesson(5)).attempts;
  const [note] = notes;
  const counts: [string, Outcome | Answered, LessonAttempt | undefined, boolean][] = [
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
  ];

  it.each(counts)("%s, of $result in row $title: %s", (prediction, outcome, attempt, isTrue) => {
    expect(isAsPredicted(prediction, outcome, attempt!)).toBe(isTrue);
  });

  it("is chosen from the answers to the row's question, or says how it ends", () => {
    expect([login, first, note].map((attempt) => answersTo(attempt!))).toEqual([
      ["succeeds", "is refused"],
      ["connects", "is refused"],
      ["none", "one", "two"],
    ]);
  });

  it("that came otherwise is told with what came true, where its words do not say so", () => {
    expect(saidWords("connects", REFUSED, first!)).toBe("You predicted: connects.");
    expect(saidWords("one", NOTED, note!)).toBe("You predicted: one; it was two.");
    expect(saidWords("one", REFUSED, note!)).toBe("You predicted: one; it was refused.");
    const wrongId = notes.find(({ id }) => id === "wrong-id")!;
    expect(saidWords("0 connections", REFUSED, wrongId)).toBe(
      "You predicted: 0 connections; it was refused.",
    );
  });

  it("is counted once its cell has run", async () => {
    const { folder: _, ...lesson } = await readLesson(3);
    const view = { ...lesson, words: "", code: [] };
    const filled = { phase: "filled", filled: { outcome: CONNECTED } };
    const score = (said: string, cells: Record<string, unknown>): string | undefined => {
      const predictions = { said: { [`${first!.id} node`]: said }, isRevealed: true };
      const state = { ...firstState("Chrome", true), lesson: view, predictions, cells };
      return predictionScore(state as unknown as LessonState);
    };
    expect(score("connects", {})).toBeUndefined();
    expect(score("connects", { [`${first!.id} node`]: filled })).toBe(
      "You predicted 1 of 1 correctly.",
    );
    expect(score("is refused", { [`${first!.id} node`]: filled })).toBe(
      "You predicted 0 of 1 correctly.",
    );
  });
});

describe("the client's code", () => {
  it("names what is not the default, and nothing else", () => {
    expect(ownCode({ ...FIRST_SWITCHES, credential: "none" })).toBe("io()");
    expect(ownCode({ ...FIRST_SWITCHES, transports: ["websocket"], credential: "payload" })).toBe(
      'io({\n  transports: ["websocket"],\n  auth: { token },\n})',
    );
  });

  it("calls a token by its name", () => {
    const code = ownCode({ ...FIRST_SWITCHES, scheme: "Bearer", token: { name: "wrong-issuer" } });
    expect(code).toContain("authorization: `Bearer ${wrongIssuerToken}`");
  });

  it("never holds a typed token", () => {
    expect(ownCode({ ...FIRST_SWITCHES, token: { text: "eyJhbGci" } })).toContain("typedToken");
  });

  it("says who else is there, and what is sent", async () => {
    const { attempts } = await readLesson(5);
    const code = attemptCode(attempts.find(({ id }) => id === "both-tabs")!);
    expect(code.split("\n").filter((line) => !line.includes("extraHeaders"))).toEqual([
      "// tab 1",
      "io({",
      "});",
      "// the sender",
      "const socket = io({",
      "});",
      'socket.emit("sendNote", 1, "hello", (reply) => {});',
    ]);
  });

  it("is JavaScript, for every attempt of every lesson", async () => {
    for (const number of [1, 2, 3, 4, 5, 6])
      for (const attempt of (await readLesson(number)).attempts)
        await expect(transform(attemptCode(attempt))).resolves.toBeDefined();
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

describe("claims that are not JSON", () => {
  it.each([
    ["{a}", /^Line 1: not valid JSON yet: Expected property name or '}'\.$/],
    ['{"a": 1,\n"b": "x', /^Line 2: not valid JSON yet: Unterminated string\.$/],
    ["", /^Not valid JSON yet: Unexpected end of JSON input\.$/],
    ["[1]", /^Claims are a JSON object \(RFC 7519 §4\)/],
  ])("%j are told with the line, where the engine tells one", (text, sentence) => {
    expect(readClaims(text)).toEqual({ problem: expect.stringMatching(sentence) });
  });
});

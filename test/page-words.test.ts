// The words of the sandbox page: predictions, excerpts, the browser's name, claims.
import { describe, expect, it } from "vitest";
import { readClaims } from "../public/page/bench/draft.ts";
import { answersTo, isAsPredicted, saidWords } from "../public/page/lesson/prediction.ts";
import { predictionScore } from "../public/page/lesson/prediction-score.ts";
import { browserName } from "../scripts/model/browser-name.ts";
import { excerptOf } from "../public/page/lesson/lesson-code.ts";
import type { LessonState } from "../public/page/lesson/lesson-state.ts";
import { firstState } from "../public/page/shell/state.ts";
import type { ActOutcome } from "../scripts/model/acts.ts";
import type { Attempt } from "../scripts/model/attempt.ts";
import { readLesson } from "../scripts/lab/lessons/files.ts";
import { ANSWERED, CONNECTED, NOTED, REFUSED, SKIPPED, UNANSWERED } from "./outcomes.ts";

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
    expect(saidWords("connects", [REFUSED], first!)).toBe("You predicted: connects.");
    expect(saidWords("one", [NOTED], note!)).toBe("You predicted: one; it was two.");
    expect(saidWords("one", [REFUSED], note!)).toBe("You predicted: one; it was refused.");
    const wrongId = notes.find(({ id }) => id === "wrong-id")!;
    expect(saidWords("0 connections", [REFUSED], wrongId)).toBe(
      "You predicted: 0 connections; it was refused.",
    );
  });

  it("is counted once its cell has run", async () => {
    const { folder: _, ...lesson } = await readLesson(3);
    const view = { ...lesson, words: "", code: [] };
    const filled = { phase: "filled", filled: { outcome: [CONNECTED] } };
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
    [
      "WebKitGTK",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/60.5 Safari/605.1.15",
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

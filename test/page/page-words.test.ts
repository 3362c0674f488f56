// The words of the sandbox page: predictions, excerpts, the browser's name, claims.
import { describe, expect, it } from "vitest";
import { readClaims } from "../../public/page/bench/draft.ts";
import { judged, scoreOf } from "../../public/page/lesson/prediction.ts";
import { cellToOpen, nextMissed } from "../../public/page/lesson/shown-cell.ts";
import { browserName } from "../../scripts/model/browser-name.ts";
import {
  type CellState,
  EMPTY_LESSON,
  type LessonState,
} from "../../public/page/lesson/lesson-state.ts";
import type { ActOutcome } from "../../scripts/model/acts.ts";
import type { Attempt } from "../../scripts/model/attempt.ts";
import type { FilledCell, Verdict } from "../../scripts/model/cell.ts";
import { trueAnswer } from "../../scripts/model/question.ts";
import { verdictsInWords } from "../../scripts/model/words/verdicts.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { CONNECTED, REFUSED, SKIPPED, UNANSWERED } from "../helpers/outcomes.ts";

const { folder: _, ...lesson } = await readLesson(3);

function row(id: string): Attempt {
  return lesson.attempts.find((each) => each.id === id)!;
}

function cellOf(outcome: ActOutcome): CellState {
  const trace = { steps: [] };
  const filled = { outcome: [outcome], trace, verdict: "as expected", differences: [] };
  return { phase: "filled", filled: filled as unknown as FilledCell, error: undefined };
}

/** A row of lesson 3 as both clients have run it. */
function seen(id: string, browser: ActOutcome, node: ActOutcome, said?: string): LessonState {
  const cells = { [`${id} browser`]: cellOf(browser), [`${id} node`]: cellOf(node) };
  const predictions = { said: said === undefined ? {} : { [id]: said }, isRevealed: true };
  return { ...EMPTY_LESSON, lesson, predictions, cells } as unknown as LessonState;
}

function checked(count: number): object {
  return { wire: { checks: count } };
}

describe("a prediction", () => {
  const socket: ActOutcome = { ...CONNECTED, firstTransport: "websocket" };
  const untold: ActOutcome = { ...REFUSED, status: undefined };

  it.each([
    ["websocket", CONNECTED, CONNECTED, "both"],
    ["websocket", REFUSED, CONNECTED, "only Node"],
    ["websocket", REFUSED, REFUSED, "neither"],
    ["websocket", SKIPPED, CONNECTED, undefined],
    ["websocket", UNANSWERED, CONNECTED, undefined],
    ["try-all", { ...socket, lastTransport: "polling" }, socket, "polling"],
    ["try-all", REFUSED, socket, "none: it is refused"],
    ["expired-websocket", untold, REFUSED, "only Node"],
  ] as [string, ActOutcome, ActOutcome, string | undefined][])(
    "of %s: what the browser and Node got answers its one question",
    (id, browser, node, answer) => {
      expect(judged(seen(id, browser, node, "neither"), row(id))?.came).toBe(answer);
    },
  );

  it("is right or wrong once both clients have run, and leads from one that was wrong to the next", () => {
    const wrong = seen("websocket", REFUSED, CONNECTED, "both");
    const right = seen("websocket", REFUSED, CONNECTED, "only Node");
    expect(scoreOf(wrong)).toEqual({ right: 0, of: 1, missed: ["websocket"] });
    expect(scoreOf(right)).toEqual({ right: 1, of: 1, missed: [] });
    expect(cellToOpen(wrong)).toEqual({ attempt: "websocket", client: "browser" });
    expect(cellToOpen(seen("try-all", REFUSED, socket, "polling")).attempt).toBe("try-all");
    expect(cellToOpen(right)).toEqual(lesson.show);
    const other = seen("try-all", REFUSED, socket, "polling");
    const said = { ...wrong.predictions.said, ...other.predictions.said };
    const cells = { ...wrong.cells, ...other.cells };
    const opened = (attempt: string): LessonState => {
      const cell = { attempt, client: "browser" } as const;
      const address = { view: { page: "lesson", number: 3 } as const, chosen: {}, cell };
      return { ...wrong, cells, address, predictions: { said, isRevealed: true } };
    };
    expect(nextMissed(opened("websocket"))).toEqual({ attempt: "try-all", client: "browser" });
    expect(nextMissed(opened("try-all"))).toBeUndefined();
    expect(scoreOf({ ...wrong, cells: {} })).toBeUndefined();
    expect(scoreOf(seen("websocket", REFUSED, CONNECTED))).toBeUndefined();
  });

  it("may count what went over the wire, as an exact number or as the least", async () => {
    const { question } = (await readLesson(2)).attempts[0]!;
    const answer = (count: number) =>
      trueAnswer(question!, { browser: checked(count), node: checked(count) });
    expect([1, 2, 9, 0].map(answer)).toEqual([
      "the first one",
      "all of them",
      "all of them",
      undefined,
    ]);
    expect(trueAnswer(question!, { browser: checked(1), node: checked(2) })).toBeUndefined();
  });
});

describe("the words of a run", () => {
  const both = { own: ["polling", "websocket"], now: ["polling", "websocket"] } as const;
  it.each([
    [["as expected", "as expected"], "Results: all 2 match the lesson."],
    [["as expected", "surprise"], "Results: 1 of 2 do not match the lesson."],
    [
      ["as expected", "no browser"],
      "Results: all 1 match the lesson. The browser's 1 were not run.",
    ],
    [["no browser"], "Nothing was run: there is no browser."],
  ] as [Verdict[], string][])("for %j: %s", (verdicts, words) => {
    expect(verdictsInWords(verdicts, both)).toBe(words);
  });

  it("say what the lesson assumes, where the server offers something else", () => {
    expect(verdictsInWords(["no expectation"], { ...both, now: ["polling"] })).toBe(
      "This lesson assumes that the server offers both transports; with polling only it makes no claim about these results.",
    );
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

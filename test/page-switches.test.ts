// The switches of the sandbox page: whose word counts, what comes next, and what a flip runs again.
import { describe, expect, it } from "vitest";
import { CHOICES, FIRST_SWITCHES } from "../scripts/model/choices.ts";
import {
  TOKEN_NAMES,
  TOKEN_NAMES as LAB_TOKEN_NAMES,
  AUTH_MODES,
  VARIANTS,
} from "../scripts/model/vocabulary.ts";
import {
  ALL_SWITCHES,
  allows,
  isOtherServer,
  nextChoice,
  nextToken,
  type SwitchRules,
  switchesFor,
  switchesInOneLine,
} from "../public/page/shell/switch-values.ts";
import { allCells } from "../public/page/lesson/runner.ts";
import { EMPTY_LESSON, type LessonState } from "../public/page/lesson/lesson-state.ts";
import { firstState } from "../public/page/shell/state.ts";
import type { Address } from "../scripts/model/address.ts";
import type { PageSwitches } from "../scripts/model/protocol.ts";

const LESSON: SwitchRules = {
  switches: { variant: "esm", auth: "manual", serverTransports: ["polling", "websocket"] },
  fixed: {
    auth: { to: ["passport", "manual"], reason: "It is about the header." },
    serverTransports: { to: ["websocket,polling"], reason: "It needs both." },
  },
};

describe("the choices", () => {
  it("are all that the lab knows", () => {
    expect(CHOICES.variant.map(({ value }) => value)).toEqual(VARIANTS);
    expect(CHOICES.auth.map(({ value }) => value)).toEqual(AUTH_MODES);
    expect(TOKEN_NAMES).toEqual(LAB_TOKEN_NAMES);
  });
});

describe("whose word counts", () => {
  it("the page's, where nobody else says anything", () => {
    expect(switchesFor({})).toEqual(FIRST_SWITCHES);
  });

  it("the lesson's start comes before the page's", () => {
    expect(switchesFor({}, LESSON)).toMatchObject({ variant: "esm", auth: "manual" });
  });

  it("the person's choice comes before the lesson's start", () => {
    expect(switchesFor({ variant: "ts", auth: "passport" }, LESSON)).toMatchObject({
      variant: "ts",
      auth: "passport",
    });
  });

  it("what a lesson fixes comes before the person's choice", () => {
    expect(switchesFor({ auth: "payload" }, LESSON).auth).toBe("manual");
    expect(switchesFor({ serverTransports: ["websocket"] }, LESSON).serverTransports).toHaveLength(
      2,
    );
  });

  it("the order of transports makes no difference to what is fixed", () => {
    const fixed = { to: ["websocket,polling"], reason: "" };
    expect(allows(fixed, "polling,websocket")).toBe(true);
    expect(allows(fixed, "websocket")).toBe(false);
  });
});

describe("the next value", () => {
  it("goes round", () => {
    expect(nextChoice("variant", { ...FIRST_SWITCHES, variant: "ts" })).toBe("cjs");
    expect(nextChoice("transports", FIRST_SWITCHES)).toEqual(["websocket", "polling"]);
  });

  it("passes over what the lesson does not allow", () => {
    expect(nextChoice("auth", { ...FIRST_SWITCHES, auth: "manual" }, LESSON)).toBe("passport");
  });

  it("of the token goes both ways, and from a typed one to an end of the list", () => {
    expect(nextToken(FIRST_SWITCHES, 1)).toEqual({ name: "other-user" });
    expect(nextToken(FIRST_SWITCHES, -1)).toEqual({ name: "none" });
    const typed = { ...FIRST_SWITCHES, token: { text: "abc" } };
    expect(nextToken(typed, 1)).toEqual({ name: "valid" });
    expect(nextToken(typed, -1)).toEqual({ name: "none" });
  });
});

function isForAll(change: Partial<PageSwitches>): boolean {
  return isOtherServer(FIRST_SWITCHES, { ...FIRST_SWITCHES, ...change });
}

describe("what a flip runs again", () => {
  it("is everything, if it is a switch of the server", () => {
    expect(isForAll({ auth: "manual" })).toBe(true);
    expect(isForAll({ serverTransports: ["polling"] })).toBe(true);
  });

  it("is the own attempt, if it is a switch of the client", () => {
    expect(isForAll({ scheme: "Bearer" })).toBe(false);
    expect(isForAll({ token: { text: "a" } })).toBe(false);
  });
});

describe("the switches in one line", () => {
  it("name what is sent, and no token that was typed", () => {
    expect(switchesInOneLine(FIRST_SWITCHES, ALL_SWITCHES)).toBe(
      "cjs · passport · both · polling, websocket · header, bearer · valid",
    );
    const typed = { ...FIRST_SWITCHES, tryAllTransports: true, token: { text: "eyJhbGci" } };
    expect(switchesInOneLine(typed, ALL_SWITCHES)).toContain("polling, websocket, try all");
    expect(switchesInOneLine(typed, ALL_SWITCHES)).toMatch(/typed token$/);
  });

  it("are those that count on the page", () => {
    expect(switchesInOneLine(FIRST_SWITCHES, ["variant", "serverTransports"])).toBe("cjs · both");
  });

  it("say nothing of a token that is not sent", () => {
    expect(switchesInOneLine({ ...FIRST_SWITCHES, credential: "none" }, ALL_SWITCHES)).toMatch(
      /· none$/,
    );
  });
});

describe("a run of the page", () => {
  it("begins with the open cell, and then with the own attempt, which is what was flipped", () => {
    const attempts = ["one", "two"].map((id) => ({ id }));
    const lesson = { number: 3, attempts } as unknown as LessonState["lesson"];
    const state = { ...firstState("Chrome", true), ...EMPTY_LESSON, lesson };
    const rowsFor = (cell: Address["cell"]): string[] =>
      allCells({ ...state, address: { ...state.address, cell } })
        .filter(({ client }) => client === "node")
        .map(({ attempt }) => attempt);
    expect(rowsFor(undefined)).toEqual(["own", "one", "two"]);
    expect(rowsFor({ attempt: "two", client: "node" })).toEqual(["two", "own", "one"]);
  });
});

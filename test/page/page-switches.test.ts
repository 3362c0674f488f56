// The switches of the sandbox page: whose word counts, what comes next, and what a flip runs again.
import { describe, expect, it } from "vitest";
import {
  allows,
  CHOICES,
  FIRST_SWITCHES,
  flip,
  type LessonRules,
  SWITCH_NAMES,
  type SwitchName,
  switchesFor,
  switchesInOneLine,
  whatToRun,
} from "../../scripts/model/switches.ts";
import { AUTH_MODES, VARIANTS } from "../../scripts/model/vocabulary.ts";
import { allCells } from "../../public/page/lesson/runner.ts";
import { EMPTY_LESSON, type LessonState } from "../../public/page/lesson/lesson-state.ts";
import { firstState } from "../../public/page/shell/state.ts";
import type { Address } from "../../scripts/model/address.ts";

const LESSON: LessonRules = {
  switches: { variant: "esm", auth: "manual", serverTransports: ["polling", "websocket"] },
  fixed: {
    auth: { to: ["passport", "manual"], reason: "It is about the header." },
    serverTransports: { to: ["polling,websocket"], reason: "It needs both." },
  },
};

describe("the choices", () => {
  it("are all that the lab knows", () => {
    expect(CHOICES.variant.map(({ value }) => value)).toEqual(VARIANTS);
    expect(CHOICES.auth.map(({ value }) => value)).toEqual(AUTH_MODES);
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
    const fixed = { to: ["polling,websocket"] };
    expect(allows(fixed, "websocket,polling")).toBe(true);
    expect(allows(fixed, "websocket")).toBe(false);
  });
});

function next(name: SwitchName, now = {}, lesson?: LessonRules, step: 1 | -1 = 1) {
  return flip(name, { ...FIRST_SWITCHES, ...now }, lesson, step);
}

describe("the next value", () => {
  it("goes round", () => {
    expect(next("variant", { variant: "ts" }).change).toEqual({ variant: "cjs" });
    expect(next("transports").change).toEqual({ transports: ["websocket", "polling"] });
    expect(next("tryAllTransports").change).toEqual({ tryAllTransports: true });
    const reversed = { serverTransports: ["websocket", "polling"] };
    expect(next("serverTransports", reversed).change).toEqual({ serverTransports: ["websocket"] });
  });

  it("passes over what the lesson does not allow, and gives the lesson's reason", () => {
    expect(next("auth", { auth: "manual" }, LESSON)).toEqual({
      change: { auth: "passport" },
      reason: "It is about the header.",
    });
    expect(next("auth", { auth: "passport" }, LESSON).reason).toBeUndefined();
  });

  it("of the token goes both ways, and from a typed one to an end of the list", () => {
    expect(next("token").change).toEqual({ token: "other-user" });
    expect(next("token", {}, LESSON, -1).change).toEqual({ token: "none" });
    const typed = { token: { text: "abc" } };
    expect(next("token", typed).change).toEqual({ token: "valid" });
    expect(next("token", typed, LESSON, -1).change).toEqual({ token: "none" });
  });
});

describe("what a flip runs again", () => {
  it("everything, if it is a switch of the server", () => {
    expect(whatToRun(FIRST_SWITCHES, { ...FIRST_SWITCHES, auth: "manual" })).toBe("all");
    expect(whatToRun(FIRST_SWITCHES, { ...FIRST_SWITCHES, serverTransports: ["polling"] })) //
      .toBe("all");
  });

  it("the own attempt, if it is a switch of the client", () => {
    expect(whatToRun(FIRST_SWITCHES, { ...FIRST_SWITCHES, scheme: "Bearer" })).toBe("own");
    expect(whatToRun(FIRST_SWITCHES, { ...FIRST_SWITCHES, token: { text: "a" } })).toBe("own");
  });

  it("nothing, if nothing has changed", () => {
    expect(whatToRun(FIRST_SWITCHES, { ...FIRST_SWITCHES })).toBe("nothing");
  });
});

describe("the switches in one line", () => {
  it("name what is sent, and no token that was typed", () => {
    expect(switchesInOneLine(FIRST_SWITCHES, SWITCH_NAMES)).toBe(
      "cjs · passport · both · polling, websocket · header, bearer · valid",
    );
    const typed = { ...FIRST_SWITCHES, tryAllTransports: true, token: { text: "eyJhbGci" } };
    expect(switchesInOneLine(typed, SWITCH_NAMES)).toContain("polling, websocket, try all");
    expect(switchesInOneLine(typed, SWITCH_NAMES)).toMatch(/typed token$/);
  });

  it("are those that count on the page", () => {
    expect(switchesInOneLine(FIRST_SWITCHES, ["variant", "serverTransports"])).toBe("cjs · both");
  });

  it("say nothing of a token that is not sent", () => {
    expect(switchesInOneLine({ ...FIRST_SWITCHES, credential: "none" }, SWITCH_NAMES)).toMatch(
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

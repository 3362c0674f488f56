// Proves that keys do what they promise.
import { describe, expect, it } from "vitest";
import type { Lesson } from "../../scripts/model/lesson.ts";
import type { Key } from "../../scripts/terminal/lesson/shortcuts.ts";
import { codeVariant } from "../../scripts/terminal/lesson/session.ts";
import { renderSession } from "../../scripts/terminal/lesson/session-view.ts";
import { paintNothing } from "../../scripts/terminal/paint.ts";
import { lessons, open, press, websocketOnly } from "../helpers/open-lesson.ts";

const arrow = (name: string): Key => ({ name });
const control = (name: string): Key => ({ name, ctrl: true });

describe("keys", () => {
  it("f flips the format, and the lesson is run again", () => {
    const { session, effects } = press(open(), "f", "f");
    expect(session.switches.variant).toBe("ts");
    const run = { do: "run", what: "all" };
    expect(effects).toEqual([run, run]);
    expect(press(session, "f").session.switches.variant).toBe("cjs");
  });

  it("a goes through the auth modes that the lesson allows, and says why where it skips one", () => {
    const { session } = press(open(), "a");
    expect(session).toMatchObject({ notice: "", switches: { auth: "manual" } });
    const notice = websocketOnly.fixed.auth?.reason;
    expect(press(session, "a").session).toMatchObject({ notice, switches: { auth: "passport" } });
  });

  it("a switch that has one value only says why, and nothing is run", () => {
    const fixed: Lesson["fixed"] = { variant: { to: ["cjs"], reason: "Only here." } };
    const { session, effects } = press(open({ ...websocketOnly, fixed }), "f");
    expect(session).toMatchObject({ notice: "Only here.", switches: { variant: "cjs" } });
    expect(effects).toEqual([]);
  });

  it("t goes through what the server offers", () => {
    let session = open();
    const offered = [1, 2, 3].map(() => {
      ({ session } = press(session, "t"));
      return session.switches.serverTransports;
    });
    expect(offered).toEqual([["websocket"], ["polling"], ["polling", "websocket"]]);
  });

  it("k gives the own attempt another token, K the one before, and a line says what it is", () => {
    const { session, effects } = press(open(), "k", "k");
    expect(session.switches.token).toBe("expired");
    expect(session.notice).toContain("Expired an hour ago.");
    // What the lesson says of its own rows still holds.
    expect(effects.at(-1)).toEqual({ do: "run", what: "own" });
    expect(press(session, "K", "K", "K").session.switches.token).toBe("none");
  });

  it("T, y, h and s are the other switches of the own attempt", () => {
    const { session, effects } = press(open(), "T", "y", "h", "s");
    expect(session.switches).toMatchObject({
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      credential: "payload",
      scheme: "Bearer",
    });
    expect(effects).toHaveLength(4);
  });

  it("the own attempt is the last row", () => {
    const rows = websocketOnly.attempts.length;
    const down = Array.from({ length: rows + 3 }, () => arrow("down"));
    expect(press(open(), ...down).session.chosen.attempt).toBe("own");
  });

  it("arrows and digits choose a cell, and stop at the edges", () => {
    const { session } = press(
      open(),
      "1",
      arrow("up"),
      arrow("right"),
      arrow("right"),
      arrow("down"),
    );
    expect(session.chosen).toEqual({ attempt: websocketOnly.attempts[1]?.id, client: "node" });
  });

  it("⏎ opens the trace, in which arrows scroll; again it shows every step, and Esc leads back", () => {
    const down = { name: "down" };
    const { session } = press(open(), { name: "return" }, down, down);
    expect(session).toMatchObject({ panel: "trace", scroll: 2, chosen: open().chosen });
    const again = press(session, { name: "return" }).session;
    expect(again.isEveryStep).toBe(true);
    expect(press(again, { name: "return" }).session.isEveryStep).toBe(false);
    expect(press(session, { name: "escape" }).session).toMatchObject({
      panel: "matrix",
      scroll: 0,
    });
  });

  it("c shows the code in question, again for the next piece, and another format has other code", () => {
    const read = { ...press(open(), "c").session, code: { title: "a", source: "b" } };
    expect(read.panel).toBe("code");
    expect(press(read, "c").session).toMatchObject({ part: 1, code: undefined });
    expect(press(read, "f").session).toMatchObject({ part: 0, code: undefined });
  });

  it("c shows it in the format of the chosen row, where that has one of its own", () => {
    const last = open(lessons.find(({ slug }) => slug === "three-module-formats"));
    const own = last.lesson.attempts.findIndex(({ variant }) => variant === "esm");
    expect(codeVariant(press(last, String(own + 1), "c").session)).toBe("esm");
    expect(codeVariant(press(open(), "c", "f").session)).toBe("esm");
    expect(codeVariant(press(open(), "c").session)).toBe("cjs");
  });

  it("n and p open the neighbours, and say so at the ends", () => {
    const number = websocketOnly.number;
    expect(press(open(), "n").effects).toEqual([{ do: "open", lesson: number + 1 }]);
    expect(press(open(), "p").effects).toEqual([{ do: "open", lesson: number - 1 }]);
    const last = press(open(lessons.at(-1)), "n");
    expect(last).toMatchObject({ effects: [], session: { notice: "This is the last lesson." } });
  });

  it("answer one question after the other, and everything runs after the last", () => {
    const run = { do: "run", what: "all" };
    const [enter, space, left] = ["return", "space", "left"].map(arrow);
    const asking = { ...open(), asking: 0 };
    const { session, effects } = press(asking, "1", "9", "f", "n", "2", left!, "1", enter!, space!);
    expect(session).toMatchObject({
      asking: 4,
      said: { websocket: "both", "try-all": "none: it is refused" },
      switches: asking.switches,
    });
    expect(effects).toEqual([]);
    expect(press(session, "1").effects).toEqual([run]);
    for (const key of ["r", { name: "escape" }])
      expect(press(asking, key)).toMatchObject({
        effects: [run],
        session: { asking: 5, said: {} },
      });
    expect(press(asking, "q", control("c")).effects).toEqual([{ do: "quit" }, { do: "quit" }]);
    // In the words a digit answers nothing, and only leads back.
    const words = "# Words\n\nWhat is asked.\n\n## What happens\n\nAn answer.";
    const reading = press({ ...asking, words }, "w").session;
    const { lines } = renderSession(reading, { width: 80, height: 24 }, 0, paintNothing);
    expect(lines).toContain("What is asked.");
    expect(lines).not.toContain("An answer.");
    expect(press(reading, "1").session).toEqual({ ...asking, words });
  });

  it("q, Ctrl-C and Ctrl-D quit; Ctrl-Z suspends", () => {
    expect(press(open(), "q", control("c"), control("d"), control("z")).effects).toEqual([
      { do: "quit" },
      { do: "quit" },
      { do: "quit" },
      { do: "suspend" },
    ]);
  });

  it("a key without a meaning changes nothing", () => {
    const session = open();
    expect(press(session, "z", { name: "f5" }, {})).toEqual({ session, effects: [] });
  });
});

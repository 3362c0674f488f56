// The keys of the sandbox page: what they do, and when they rest.
import { describe, expect, it } from "vitest";
import type { LessonActions } from "../../public/page/lesson/lesson-actions.ts";
import { lessonKeys } from "../../public/page/lesson/lesson-shortcuts.ts";
import type { Actions } from "../../public/page/shell/actions.ts";
import { keyPressed, keysOnPage, shellKeys } from "../../public/page/shell/shortcuts.ts";
import { SWITCH_NAMES } from "../../scripts/model/switches.ts";
import { keyIn } from "../../public/page/shell/key.ts";
import { KEYS as TERMINAL_KEYS } from "../../scripts/terminal/lesson/shortcuts.ts";
import { open, press as pressInTerminal } from "../helpers/open-lesson.ts";

/** What the keys asked for, in order. */
const asked: unknown[][] = [];
/** Whatever it is asked for, it only notes that. */
const noting = new Proxy(
  {},
  {
    get:
      (_target, name) =>
      (...given: unknown[]) =>
        asked.push([name, ...given]),
  },
);
const shell = shellKeys(noting as Actions);
const keys = keysOnPage(lessonKeys(noting as LessonActions), shell, SWITCH_NAMES);

function press(key: string, where: "typing" | "choosing" | "page" = "page", held = {}) {
  return keyPressed({ key, ctrlKey: false, metaKey: false, altKey: false, ...held }, where, keys);
}

describe("a key", () => {
  it("is the same as in the terminal", () => {
    // To quit and to open a cell are a browser's own affair, o leads here, and an exercise has a page of its own.
    const letters = TERMINAL_KEYS.flatMap(({ key }) => key.split(" ")).filter((key) =>
      /^[a-z?]$/.test(key),
    );
    const known = letters.filter((key) => press(key) !== undefined);
    expect(known).toEqual(letters.filter((key) => !["q", "o", "e"].includes(key)));
  });

  it("flips the same switch as in the terminal", () => {
    for (const key of ["f", "a", "t", "k", "K", "T", "y", "h", "s"]) {
      press(key)?.act?.();
      const { switches } = pressInTerminal(open(), key).session;
      const flipped = SWITCH_NAMES.filter(
        (name) => JSON.stringify(switches[name]) !== JSON.stringify(open().switches[name]),
      );
      expect(asked.splice(0)[0]?.slice(0, 2)).toEqual(["flip", ...flipped]);
    }
  });

  it("stands on the sheet once, and is a page's own before it is everybody's", () => {
    const all = Object.values(keys).flat();
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    expect(press("n")?.does).toBe("next lesson");
  });

  it("of a switch is there where the switch counts", () => {
    const elsewhere = keysOnPage([], shell, ["variant"]);
    expect(Object.values(elsewhere).flatMap((group) => group.map(({ key }) => key))).toEqual([
      "f",
      "n",
      "l",
      "?",
    ]);
  });

  it("does what it says", () => {
    for (const key of ["f", "K", "w", "p", "r"]) press(key)?.act?.();
    expect(asked).toEqual([
      ["flip", "variant"],
      ["flip", "token", -1],
      ["goToPanel", "words"],
      ["step", -1],
      ["runAll"],
    ]);
  });

  it("is there for nine rows", () => {
    expect(Array.from("123456789").filter((key) => press(key)?.act === undefined)).toEqual([]);
    expect(press("0")).toBeUndefined();
  });

  it("rests while somebody types", () => {
    expect(press("f", "typing")).toBeUndefined();
    expect(press("Escape", "typing")).toBeUndefined();
  });

  it("is the browser's together with another one", () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
      expect(press("r", "page", held)).toBeUndefined();
  });

  it("leaves a radio group its arrows, and nothing else", () => {
    expect(press("ArrowDown", "choosing")).toBeUndefined();
    expect(press("ArrowDown")?.does).toBe("cell below");
    expect(press("r", "choosing")?.does).toBe("run everything again");
  });
});

describe("the key to the sandbox", () => {
  it.each(["#key=aB-_9", "http://127.0.0.1:4000/lesson/3#key=aB-_9", "#other=1&key=aB-_9"])(
    "is found in %s",
    (text) => {
      expect(keyIn(text)).toBe("aB-_9");
    },
  );

  it.each(["", "http://127.0.0.1:4000/?key=aB", "#monkey=aB"])("is not in %s", (text) => {
    expect(keyIn(text)).toBeUndefined();
  });
});

// The keys of the sandbox page: what they ask for, and when they rest.
import { describe, expect, it } from "vitest";
import { commandFor, KEYS } from "../public/page/shell/keys.ts";
import { keyIn } from "../public/page/shell/key.ts";
import { KEYS as TERMINAL_KEYS } from "../scripts/terminal/lesson/keys.ts";

function press(key: string, held = {}) {
  return { key, ctrlKey: false, metaKey: false, altKey: false, ...held };
}

describe("a key", () => {
  it("is the same as in the terminal", () => {
    // To quit and to open a cell are a browser's own affair, and o leads here.
    const letters = TERMINAL_KEYS.flatMap(({ key }) => key.split(" ")).filter((key) =>
      /^[a-z?]$/.test(key),
    );
    const known = letters.filter((key) => commandFor(press(key), "page") !== undefined);
    expect(known).toEqual(letters.filter((key) => key !== "q" && key !== "o"));
  });

  it("stands on the sheet once", () => {
    const keys = Object.values(KEYS).flatMap((group) => group.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("flips a switch", () => {
    expect(commandFor(press("f"), "page")).toEqual({ do: "flip", name: "variant", step: 1 });
    expect(commandFor(press("K"), "page")).toEqual({ do: "flip", name: "token", step: -1 });
  });

  it("chooses a row by its number", () => {
    expect(commandFor(press("3"), "page")).toEqual({ do: "row", row: 2 });
  });

  it("rests while somebody types", () => {
    expect(commandFor(press("f"), "typing")).toBeUndefined();
    expect(commandFor(press("Escape"), "typing")).toBeUndefined();
  });

  it("is the browser's together with another one", () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
      expect(commandFor(press("r", held), "page")).toBeUndefined();
  });

  it("leaves a radio group its arrows, and nothing else", () => {
    expect(commandFor(press("ArrowDown"), "choosing")).toBeUndefined();
    expect(commandFor(press("ArrowDown"), "page")).toMatchObject({ do: "move", rows: 1 });
    expect(commandFor(press("r"), "choosing")).toEqual({ do: "run" });
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

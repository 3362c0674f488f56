// A change of the variant fits exactly one text, or is refused with where, what and how often.
import { describe, expect, it } from "vitest";
import { applyChanges } from "../../scripts/model/change.ts";

const SOURCES = new Map([
  ["one", "const a = 1;\nconst b = 1;\n"],
  ["two", "const c = 1;\n"],
]);

function apply(...changes: { file: string; text: string; replacement: string }[]) {
  return applyChanges(SOURCES, changes, "The fault x");
}

describe("changes", () => {
  it("give the files that they change, and no others", () => {
    const changed = apply({ file: "one", text: "a = 1", replacement: "a = 2" });
    expect([...changed]).toEqual([["one", "const a = 2;\nconst b = 1;\n"]]);
  });

  it("of one file follow each other", () => {
    const first = { file: "one", text: "a = 1", replacement: "a = 2" };
    const second = { file: "one", text: "a = 2", replacement: "a = 3" };
    expect(apply(first, second).get("one")).toBe("const a = 3;\nconst b = 1;\n");
  });

  it("put in what they say, signs that mean something elsewhere included", () => {
    const changed = apply({ file: "two", text: "1", replacement: "`$& ${c} $1 $$`" });
    expect(changed.get("two")).toBe("const c = `$& ${c} $1 $$`;\n");
  });

  it.each([
    ["is missing", "two", "c = 2", "has 0 times:\nc = 2"],
    ["is there twice", "one", " = 1;\n", "has 2 times:\n = 1;\n"],
    ["is empty", "two", "", "has 12 times:\n"],
  ])("are refused when their text %s", (_when, file, text, message) => {
    const change = { file, text, replacement: "" };
    expect(() => apply(change)).toThrow(
      expect.objectContaining({
        code: "CHANGE_DOES_NOT_FIT",
        message: `The fault x changes a text that variants/ts/${file}.ts must have once, and ${message}`,
      }),
    );
  });

  it("are refused when the variant has no such file", () => {
    expect(() => apply({ file: "three", text: "a", replacement: "" })).toThrow(
      'The fault x changes "three", and variants/ts has no such file: it has one, two.',
    );
  });
});

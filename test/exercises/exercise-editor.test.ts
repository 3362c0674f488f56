// What becomes of a text between the editor and the disk, and how it is undone.
import { describe, expect, it } from "vitest";
import {
  afterDisk,
  fromDisk,
  isDirty,
  keepMine,
  takeTheirs,
} from "../../public/page/exercise/own-file.ts";
import { addStep, firstStep, stepBy, type Undo } from "../../public/page/exercise/undo.ts";

const disk = (text: string) => ({ name: "manual.cjs", text, hash: `hash of ${text}` });
const START = fromDisk(disk("start"));

/** Types at the end, one letter after the other. */
function type(undo: Undo, letters: string): Undo {
  let now = undo;
  for (const letter of letters) {
    const text = now.steps[now.now]!.text + letter;
    now = addStep(now, text, text.length);
  }
  return now;
}
const texts = ({ steps }: Undo): string[] => steps.map(({ text }) => text);

describe("a file", () => {
  it("that is not changed here follows the disk", () => {
    expect(afterDisk(START, disk("theirs"))).toEqual(fromDisk(disk("theirs")));
  });

  it("that is changed here stays, and another hand's text waits beside it", () => {
    const both = afterDisk({ ...START, text: "mine" }, disk("theirs"));
    expect(both).toMatchObject({ text: "mine", base: disk("start"), theirs: disk("theirs") });
    expect(keepMine(both)).toMatchObject({ text: "mine", base: disk("theirs"), theirs: undefined });
    expect(takeTheirs(both)).toEqual(fromDisk(disk("theirs")));
    // The other one has taken it back.
    expect(afterDisk(both, disk("start"))).toMatchObject({ text: "mine", theirs: undefined });
  });

  it("is saved though typing has gone on, whichever comes first: the answer or the news", () => {
    const typing = { ...START, text: "mine and more", saving: "mine" };
    const saved = afterDisk(typing, disk("mine"));
    expect(saved).toMatchObject({ text: "mine and more", base: disk("mine"), theirs: undefined });
    expect(isDirty(saved)).toBe(true);
    expect(afterDisk(saved, disk("mine"))).toEqual(saved);
  });

  it("that both have changed alike is saved", () => {
    expect(isDirty(afterDisk({ ...START, text: "same" }, disk("same")))).toBe(false);
  });
});

describe("undo", () => {
  it("goes back by words, and forth again", () => {
    const typed = type(firstStep(""), "const one");
    expect(texts(typed)).toEqual(["", "const", "const one"]);
    const back = stepBy(typed, -1)!;
    expect(back.step).toEqual({ text: "const", at: 5 });
    expect(stepBy(back, 1)!.step.text).toBe("const one");
    expect(stepBy(stepBy(back, -1)!, -1)).toBeUndefined();
    expect(stepBy(typed, 1)).toBeUndefined();
  });

  it("forgets what was undone once something else is typed, and the oldest of many", () => {
    const typed = type(firstStep(""), "a b");
    const other = type(stepBy(typed, -1)!, "c");
    expect(texts(other)).toEqual(["", "ac"]);
    const many = Array.from({ length: 100 }, (_, at) => at).reduce(
      (undo, at) => addStep(undo, `pasted ${at}`, 0),
      firstStep(""),
    );
    expect(texts(many)).toHaveLength(60);
    expect(stepBy(many, -1)!.step.text).toBe("pasted 98");
  });

  it("has no step for a text that is the same", () => {
    expect(addStep(firstStep("same"), "same", 2)).toEqual(firstStep("same"));
  });
});

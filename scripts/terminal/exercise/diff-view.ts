// Draws a comparison of files.
import type { DiffLine } from "../../lab/exercises/differences.ts";
import type { Meaning, Paint } from "../paint.ts";
import { printable } from "../text.ts";

const LOOKS: Record<DiffLine["kind"], { before: string; meaning: Meaning }> = {
  file: { before: "", meaning: "strong" },
  place: { before: "", meaning: "quiet" },
  same: { before: "  ", meaning: "quiet" },
  removed: { before: "- ", meaning: "bad" },
  added: { before: "+ ", meaning: "good" },
};

/** All lines; one that says so if nothing differs. */
export function renderDiff(lines: readonly DiffLine[], paint: Paint): string[] {
  if (lines.length === 0) return ["Nothing differs."];
  return lines.map(({ kind, text }) => {
    const { before, meaning } = LOOKS[kind];
    return paint(meaning, before + printable(text));
  });
}

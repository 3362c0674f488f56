// The words of a row in lines that fit, and how high they make it. Pure.
import type { Step } from "../../../scripts/model/trace.ts";
import type { Grid } from "./grid.ts";
import { breakLines } from "./plain-text.ts";
import type { Slot } from "./routine.ts";
import { type Line, type StepWords, stepWords } from "./step-words.ts";

export const PADDING = 5;
export const ARROW_HEIGHT = 15;
/** A long payload is folded; the details show all of it. */
const MOST_LINES = 2;
/** Above the row where two attempts part stands a line that says so. */
export const PARTING_HEIGHT = 20;

/** How high the row must be for what it stands for. */
export function rowHeight(
  steps: readonly Step[],
  slot: Slot,
  grid: Grid,
  isParting = false,
): number {
  return contentHeight(steps, slot, grid) + (isParting ? PARTING_HEIGHT : 0);
}

function contentHeight(steps: readonly Step[], slot: Slot, grid: Grid): number {
  const [first] = slot.steps;
  if (first === undefined) return 0;
  if (slot.isFolded) return grid.lineHeight + 2 * PADDING;
  const { title, lines } = brokenWords(steps, first, grid);
  const hasArrow = hasLine(steps[first]!);
  return (
    (title.length + lines.length) * grid.lineHeight + (hasArrow ? ARROW_HEIGHT : 0) + 2 * PADDING
  );
}

/** Whether a line leads from one side towards the other, below the title. */
export function hasLine(step: Step): boolean {
  return step.kind === "closed" ? step.isCut : step.kind !== "check";
}

export interface BrokenWords extends Pick<StepWords, "tone"> {
  title: string[];
  lines: Line[];
}

/** The words of a step, in lines that fit; only the first line of each keeps its mark. */
export function brokenWords(
  steps: readonly Step[],
  index: number,
  { titleColumns, textColumns }: Grid,
): BrokenWords {
  const { title, tone, lines } = stepWords(steps, index);
  const broken = lines.flatMap((line) =>
    breakLines(line.text, textColumns - (line.mark ? 2 : 0), MOST_LINES).map((text, at): Line => {
      const { tone: lineTone, mark, token } = line;
      return { text, tone: lineTone, ...(token && { token }), ...(mark && at === 0 && { mark }) };
    }),
  );
  return { title: breakLines(title, titleColumns, MOST_LINES), tone, lines: broken };
}

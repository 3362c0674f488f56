// The keys of a lesson, and of the free sandbox.
import type { Key } from "../shell/shortcuts.ts";
import { focusRow, focusTrace, hideMeaning, moveFocus } from "./focus.ts";
import type { LessonActions } from "./lesson-actions.ts";

function enlargeTrace(): void {
  document.querySelector<HTMLElement>(".wire-enlarge")?.click();
}

/** To the row; and where a trace is open, to that of the row. */
function goToRow(actions: LessonActions, at: number): boolean {
  const isFocused = focusRow(at);
  return actions.openRow(at) || isFocused;
}

/** Those that have to do with the matrix. */
export function matrixKeys(actions: LessonActions): Key[] {
  return [
    { key: "r", does: "run everything again", act: () => actions.runAll() },
    { key: "Enter", label: "⏎", does: "open the cell, or the details of a step" },
    { key: "d", does: "go to the diagram of the trace", act: focusTrace, inLarge: true },
    { key: "z", does: "show the trace over the whole window", act: enlargeTrace, inLarge: true },
    { key: "ArrowUp", label: "↑", does: "cell above", act: () => moveFocus(-1, 0) },
    { key: "ArrowDown", label: "↓", does: "cell below", act: () => moveFocus(1, 0) },
    { key: "ArrowLeft", label: "←", does: "browser column", act: () => moveFocus(0, -1) },
    { key: "ArrowRight", label: "→", does: "Node column", act: () => moveFocus(0, 1) },
    ...Array.from({ length: 9 }, (_, at) => ({
      ...(at === 0 && { label: "1 – 9", does: "answer or row by its number" }),
      key: `${at + 1}`,
      inLarge: true,
      act: () => actions.answer(at) || goToRow(actions, at),
    })),
    {
      key: "Escape",
      label: "Esc",
      does: "close the details, the code or the cell",
      act: () => hideMeaning() || actions.closeCell(),
    },
  ];
}

export function lessonKeys(actions: LessonActions): Key[] {
  return [
    { key: "w", does: "show the explanation", act: () => actions.goToPanel("words") },
    { key: "c", does: "show the code", act: () => actions.goToPanel("code") },
    { key: "n", does: "next lesson", act: () => actions.step(1) },
    { key: "p", does: "previous lesson", act: () => actions.step(-1) },
    ...matrixKeys(actions),
  ];
}

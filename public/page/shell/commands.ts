// Does what a key asks for.
import type { Actions } from "./actions.ts";
import { focusRow, focusTrace, moveFocus } from "./focus.ts";
import { openKeySheet } from "./key-sheet.ts";
import type { Command } from "./keys.ts";
import { shownCell } from "../lesson/shown-cell.ts";
import { lessonNumber, type State } from "./state.ts";

/** @returns false if there was nothing to do, so that the key keeps its usual meaning */
export function obey(command: Command, state: State, actions: Actions): boolean {
  switch (command.do) {
    case "flip":
      actions.flip(command.name, command.step);
      return true;
    case "run":
      actions.runAll();
      return true;
    case "words":
    case "code":
      actions.togglePanel(command.do);
      return true;
    case "log":
      actions.toggleLog();
      return true;
    case "trace":
      return focusTrace();
    case "next":
      return goOn(1, state, actions);
    case "previous":
      return goOn(-1, state, actions);
    case "help":
      openKeySheet();
      return true;
    case "escape":
      if (state.address.view.page === "compare") return actions.compare.leave();
      if (shownCell(state) === undefined) return false;
      actions.closeCell();
      return true;
    case "move":
      return moveFocus(command.rows, command.columns);
    case "row":
      return focusRow(command.row);
  }
}

/** In a comparison to the next difference, else to the next lesson; from a page that is no lesson, to the first. */
function goOn(step: 1 | -1, state: State, actions: Actions): boolean {
  if (state.address.view.page === "compare") return actions.compare.step(step);
  const number = (lessonNumber(state) ?? 0) + step;
  if (!state.lessons?.some((lesson) => lesson.number === number)) return false;
  actions.go({ page: "lesson", number });
  return true;
}

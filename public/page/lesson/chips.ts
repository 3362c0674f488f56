// The names of rows in a lesson's words: each shows both outcomes once they are known.
import { outcomeWords } from "../../../scripts/model/words/acts.ts";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { cellKey, type LessonState } from "./lesson-state.ts";
import { rowsOf } from "./rows.ts";
import { shownCell } from "./shown-cell.ts";

/** Marks them by attributes, which the style sheet turns into signs: the words themselves are as the server sent them. */
export function markChips(state: LessonState): void {
  const shown = shownCell(state);
  for (const chip of document.querySelectorAll<HTMLElement>(".chip")) {
    const attempt = chip.dataset["attempt"]!;
    const answers = new Set<string>();
    const words = CLIENTS.flatMap((client) => {
      const { filled } = state.cells[cellKey({ attempt, client })] ?? {};
      const outcome =
        filled &&
        outcomeWords(
          filled.outcome,
          rowsOf(state).find((row) => row.attempt.id === attempt)?.attempt,
        );
      if (outcome === undefined) delete chip.dataset[client];
      else chip.dataset[client] = outcome.sign;
      if (outcome?.sign === "answer") answers.add(outcome.word);
      return outcome === undefined
        ? []
        : [`${state.columns[client]}: ${outcome.sign === "warn" ? outcome.detail : outcome.word}`];
    });
    chip.title = words.join(", ");
    // An answer has no sign: its word stands there, once where both got the same.
    if (answers.size === 0) delete chip.dataset["answers"];
    else chip.dataset["answers"] = [...answers].join(", ");
    chip.toggleAttribute("aria-current", shown?.id.attempt === attempt);
  }
}

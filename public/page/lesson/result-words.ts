// How the cells of a lesson compare with what it says, in a sentence. Pure.
import { OWN } from "../../../scripts/model/own-attempt.ts";
import { verdictsInWords } from "../../../scripts/model/words/verdicts.ts";
import { currentSwitches } from "../shell/state.ts";
import type { LessonState } from "./lesson-state.ts";

/** How the cells of the lesson compare with what it says, and what could not be run. */
export function resultWords(state: LessonState): string {
  const cells = Object.entries(state.cells).flatMap(([key, cell]) =>
    key.startsWith(`${OWN} `) ? [] : [cell],
  );
  const count = (wanted: string): number => cells.filter(({ phase }) => phase === wanted).length;
  const [lost, failed] = [count("lost"), count("failed")];
  const verdicts = cells.flatMap(({ phase, filled }) =>
    phase === "filled" && filled !== undefined ? [filled.verdict] : [],
  );
  const { lesson } = state;
  const words = [
    lesson === undefined || verdicts.length === 0
      ? ""
      : verdictsInWords(verdicts, {
          own: lesson.switches.serverTransports,
          now: currentSwitches(state).serverTransports,
        }),
    lost > 0 ? `${lost} of ${cells.length} are waiting for the sandbox.` : "",
    failed > 0 ? `${failed} of ${cells.length} could not be run.` : "",
  ];
  return words.filter(Boolean).join(" ");
}

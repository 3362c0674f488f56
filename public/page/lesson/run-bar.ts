// Above the matrix: what the person may do next, and how it went.
import { html, nothing, type TemplateResult } from "lit-html";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import { type Switches, textOf } from "../../../scripts/model/switches.ts";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { currentSwitches } from "../shell/state.ts";
import type { LessonActions } from "./lesson-actions.ts";
import { predictionScore } from "./prediction-score.ts";
import { countUnderWay, type CellState, type LessonState } from "./lesson-state.ts";

export function predictBar(state: LessonState, actions: LessonActions): TemplateResult {
  const cells = (state.lesson?.attempts.length ?? 0) * CLIENTS.length;
  const said = Object.keys(state.predictions.said).length;
  return html`<div class="run-bar run-bar-predict">
    <div>
      <h2 id="matrix-title" tabindex="-1">Predict, then run</h2>
      <p>
        What will each attempt do? Predict first; skip any you are unsure of.
        <span class="count">${said} of ${cells} predicted</span>
      </p>
    </div>
    <div class="run-buttons">
      <button type="button" class="button strong" @click=${() => actions.reveal()}>
        ${said === 0 ? "Run without predicting" : "Run"} <kbd aria-hidden="true">r</kbd>
      </button>
    </div>
  </div>`;
}

export function resultBar(state: LessonState, actions: LessonActions): TemplateResult {
  const all = Object.keys(state.cells).length;
  const open = countUnderWay(state);
  return html`<div class="run-bar">
    <div>
      <h2 id="matrix-title" tabindex="-1">What each client got</h2>
      <p>${open > 0 ? runningWords(all - open, all) : resultWords(state)}</p>
    </div>
    <div class="run-buttons">
      ${backButton(state, actions)}
      ${
        state.number === undefined
          ? nothing
          : html`<button type="button" class="button quiet" @click=${() => actions.predictAgain()}>
              Predict again
            </button>`
      }
      <button type="button" class="button" @click=${() => actions.runAll()}>
        Run again <kbd aria-hidden="true">r</kbd>
      </button>
    </div>
  </div>`;
}

function runningWords(done: number, all: number): string {
  return `Running, ${done} of ${all} done…`;
}

/** What a server offers is the one switch that may be free and that what a lesson says depends on. */
function backButton(state: LessonState, actions: LessonActions): TemplateResult | typeof nothing {
  const { own, now } = offers(state);
  return own === undefined || textOf(own) === textOf(now)
    ? nothing
    : html`<button
        type="button"
        class="button quiet"
        @click=${() => actions.choose({ serverTransports: own })}
      >
        Back to ${offerWords(own)}
      </button>`;
}

type Offer = Switches["serverTransports"];

/** What the server offers in the lesson, and now. */
function offers(state: LessonState): { own: Offer | undefined; now: Offer } {
  const { serverTransports: now } = currentSwitches(state);
  return { own: state.lesson?.switches.serverTransports, now };
}

function offerWords(transports: Offer): string {
  return transports.length > 1 ? "both transports" : `${transports.join()} only`;
}

function resultWords(state: LessonState): string {
  const cells = lessonCells(state);
  return [verdictWords(cells, offers(state)), awayWords(cells), predictionScore(state)]
    .filter((words) => words !== undefined)
    .join(" ");
}

/** The cells of the lesson itself. */
function lessonCells({ cells }: LessonState): CellState[] {
  return Object.entries(cells).flatMap(([key, cell]) => (key.startsWith(`${OWN} `) ? [] : [cell]));
}

/** How they compare with what the lesson says, in a sentence or two; undefined where none has an outcome that counts. */
function verdictWords(
  cells: CellState[],
  { own, now }: ReturnType<typeof offers>,
): string | undefined {
  const verdicts = cells.flatMap(({ phase, filled }) =>
    phase === "filled" && filled !== undefined ? [filled.verdict] : [],
  );
  if (verdicts.length === 0) return undefined;
  const count = (verdict: FilledCell["verdict"]): number =>
    verdicts.filter((each) => each === verdict).length;
  const [surprises, expected] = [count("surprise"), count("as expected")];
  const judged = surprises + expected;
  const compared =
    surprises === 0
      ? `All ${judged} match the lesson.`
      : `${surprises} of ${judged} do not match the lesson.`;
  // Only another offer than the lesson's leaves an outcome without a judgement.
  if (judged === verdicts.length || own === undefined) return compared;
  const which = judged === 0 ? "these results" : `${verdicts.length - judged} of the results`;
  const rest = `This lesson assumes that the server offers ${offerWords(own)}; with ${offerWords(now)} it makes no claim about ${which}.`;
  return judged === 0 ? rest : `${compared} ${rest}`;
}

/** What did not come to an outcome; undefined if all did. */
function awayWords(cells: CellState[]): string | undefined {
  const count = (wanted: CellState["phase"]): number =>
    cells.filter(({ phase }) => phase === wanted).length;
  const [lost, failed] = [count("lost"), count("failed")];
  if (lost > 0) return `${lost} of ${cells.length} are waiting for the sandbox.`;
  return failed > 0 ? `${failed} of ${cells.length} could not be run.` : undefined;
}

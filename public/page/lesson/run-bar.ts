// Above the matrix: what the person may do next, and how it went.
import { findChoice, textOf, type Switches } from "../../../scripts/model/switches.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import type { Actions } from "../shell/actions.ts";
import { predictionScore } from "./prediction-score.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import {
  countUnderWay,
  type CellState,
  CLIENTS,
  currentSwitches,
  lessonNumber,
  openLesson,
  type State,
} from "../shell/state.ts";

export function predictBar(state: State, actions: Actions): TemplateResult {
  const cells = (openLesson(state)?.attempts.length ?? 0) * CLIENTS.length;
  const said = Object.keys(state.predictions.said).length;
  return html`<div class="run-bar run-bar-predict">
    <div>
      <h2 id="matrix-title" tabindex="-1">Predict, then run</h2>
      <p>
        What will each attempt do? Say so before you see it; leave out what you cannot tell.
        <span class="count">${said} of ${cells} said</span>
      </p>
    </div>
    <div class="run-buttons">
      <button type="button" class="button strong" @click=${() => actions.reveal()}>
        ${said === 0 ? "Just run" : "Run"} <kbd aria-hidden="true">r</kbd>
      </button>
    </div>
  </div>`;
}

export function resultBar(state: State, actions: Actions): TemplateResult {
  const all = Object.keys(state.cells).length;
  const open = countUnderWay(state);
  return html`<div class="run-bar">
    <div>
      <h2 id="matrix-title" tabindex="-1">What each client experienced</h2>
      <p>${open > 0 ? runningWords(all - open, all) : resultWords(state)}</p>
    </div>
    <div class="run-buttons">
      ${backButton(state, actions)}
      ${
        lessonNumber(state) === undefined
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

/** What a server offers is the one switch that may run free and that what a lesson says depends on. */
function backButton(state: State, actions: Actions): TemplateResult | typeof nothing {
  const { serverTransports } = openLesson(state)?.switches ?? {};
  const { own, now } = offers(state);
  return serverTransports === undefined || own === now
    ? nothing
    : html`<button
        type="button"
        class="button quiet"
        @click=${() => actions.choose({ serverTransports })}
      >
        Offer ${own} again
      </button>`;
}

/** What the server offers in the lesson, and now: `both`, `websocket`. */
function offers(state: State): { own: string | undefined; now: string | undefined } {
  const own = openLesson(state)?.switches.serverTransports;
  return { own: own && offerWords(own), now: offerWords(currentSwitches(state).serverTransports) };
}

function offerWords(transports: Switches["serverTransports"]): string | undefined {
  return findChoice("serverTransports", textOf(transports))?.label;
}

function resultWords(state: State): string {
  const cells = lessonCells(state);
  return [verdictWords(cells, offers(state)), awayWords(cells), predictionScore(state)]
    .filter((words) => words !== undefined)
    .join(" ");
}

/** The cells of the lesson itself. */
function lessonCells({ cells }: State): CellState[] {
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
      ? `All ${judged} are as the lesson says.`
      : `${surprises} of ${judged} were not as the lesson says.`;
  if (judged === verdicts.length) return compared;
  const open = judged === 0 ? "these outcomes" : `${verdicts.length - judged} outcomes`;
  const rest = `The server offers ${now} and the lesson is about ${own}, so it says nothing of ${open}.`;
  return judged === 0 ? rest : `${compared} ${rest}`;
}

/** What did not come to an outcome; undefined if all did. */
function awayWords(cells: CellState[]): string | undefined {
  const count = (wanted: CellState["phase"]): number =>
    cells.filter(({ phase }) => phase === wanted).length;
  const [lost, failed] = [count("lost"), count("failed")];
  if (lost > 0) return `${lost} of ${cells.length} wait for the server.`;
  return failed > 0 ? `${failed} of ${cells.length} could not be run.` : undefined;
}

// What came of the attempts: the rows, and the open one with its trace. The code comes when there is something to show.
import { html, type TemplateResult } from "lit-html";
import { cellDetail } from "./cell-detail.ts";
import type { LessonActions } from "./lesson-actions.ts";
import type { LessonState } from "./lesson-state.ts";
import { matrixView } from "./matrix.ts";
import { loadStyle } from "../shell/late-style.ts";

await loadStyle("lesson");

export function resultsView(state: LessonState, actions: LessonActions): TemplateResult {
  return html`${matrixView(state, actions)} ${cellDetail(state, actions)}`;
}

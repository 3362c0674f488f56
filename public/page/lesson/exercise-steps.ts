// The last steps of a lesson's path: its exercises, in which the person fixes the server.
import { html, nothing, type TemplateResult } from "lit-html";
import type { LessonSummary } from "../../../scripts/model/protocol.ts";
import { linkToExercise } from "../shell/links.ts";
import type { State } from "../shell/state.ts";

export function exerciseSteps(state: State, summary: LessonSummary | undefined): TemplateResult[] {
  return (summary?.exercises ?? []).map((exercise) => {
    const { id, title, solvedIn } = exercise;
    return html`<li class=${solvedIn.length > 0 ? "is-done" : ""}>
      <a href=${linkToExercise(state, exercise)} title=${title}>Exercise ${id}</a>${
        solvedIn.length > 0 ? html` <span>(solved in ${solvedIn.join(", ")})</span>` : nothing
      }
    </li>`;
  });
}

// Once it is solved: what the solution does and why, and what is next.
import { html, nothing, type TemplateResult } from "lit-html";
import type { ExerciseSummary, ExerciseView } from "../../../scripts/model/protocol.ts";
import { type Variant, VARIANTS } from "../../../scripts/model/vocabulary.ts";
import { link, linkToExercise } from "../shell/links.ts";
import type { State } from "../shell/state.ts";
import { serverHtml } from "../shell/server-html.ts";
import type { Shown } from "./exercise-view.ts";

export function solvedView(
  { state, exercise }: Shown,
  view: ExerciseView,
): TemplateResult | typeof nothing {
  if (exercise.check?.isSolved !== true || exercise.place === undefined) return nothing;
  return html`<section class="exercise-solved prose" aria-labelledby="solved-title">
    <h2 id="solved-title">Solved.</h2>
    ${serverHtml(view.solved)}
    <p>${next(state, exercise.place.exercise, view.lesson)}</p>
  </section>`;
}

function next(state: State, id: string, lesson: number): TemplateResult {
  const lessons = state.lessons ?? [];
  const all = lessons.flatMap(({ exercises }) => exercises);
  const after = all.slice(all.findIndex((each) => each.id === id) + 1);
  const open = after.find(({ solvedIn }) => solvedIn.length === 0);
  const following = lessons.find(({ number }) => number === lesson + 1);
  return html`Next: ${open === undefined ? nothing : html`${exerciseLink(state, open)}, `}
  ${
    following === undefined
      ? nothing
      : html`<a href=${link(state, { page: "lesson", number: following.number })}
            >lesson ${following.number}: ${following.title}</a
          >, `
  }
  or the same in another format (${othersThan(all, id).join(", ")}).`;
}

function exerciseLink(state: State, exercise: ExerciseSummary): TemplateResult {
  const { id, title } = exercise;
  return html`<a href=${linkToExercise(state, exercise)}>exercise ${id}: ${title}</a>`;
}

function othersThan(all: readonly ExerciseSummary[], id: string): string[] {
  const { formats, solvedIn } = all.find((each) => each.id === id) ?? {
    formats: VARIANTS,
    solvedIn: [],
  };
  const open = formats.filter((variant) => !(solvedIn as Variant[]).includes(variant));
  return open.length === 0 ? [...formats] : open;
}

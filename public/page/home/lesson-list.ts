// The first page: what will happen and how long it takes, one button, and the list of lessons with what was done.
import { html, nothing, type TemplateResult } from "lit-html";
import { nextLesson } from "../../../scripts/model/next-lesson.ts";
import type { LessonSummary } from "../../../scripts/model/protocol.ts";
import { progressView } from "../lesson/progress-view.ts";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";

export function lessonList(state: State): TemplateResult {
  const { lessons } = state;
  return html`<div class="list-page">
    <div class="lead">
      <h1 tabindex="-1">See what your browser and Node really get</h1>
      <p>
        A Socket.IO server with JSON Web Tokens runs on this machine. In each lesson you read for
        half a minute, predict what happens, and run it for real, in this browser and in Node. Then
        the wire shows what each of them got, and why.
      </p>
      <p>You need to know Express, or a server like it; Socket.IO is explained on the way.</p>
    </div>
    ${lessons === undefined ? html`<p class="quiet-text">Loading the lessons…</p>` : startView(state, lessons)}
    <p class="lesson-free">
      <a href=${link(state, { page: "sandbox" })}>Free sandbox</a>
      <span>No lesson text, no expected results: just switches and what happens.</span>
    </p>
  </div>`;
}

function startView(state: State, lessons: LessonSummary[]): TemplateResult {
  const next = nextLesson(lessons, ({ progress }) => progress === "new");
  const isStarted = lessons.some(({ progress }) => progress !== "new");
  const minutes = lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return html`${
      next === undefined
        ? nothing
        : html`<p class="start">
            <a
              class="button strong large"
              href=${link(state, { page: "lesson", number: next.number })}
              >${isStarted ? "Continue" : "Start"} with lesson ${next.number}</a
            >
            <span>
              ${next.minutes} minutes; all ${lessons.length} take about ${minutes}.
              ${leftOutBefore(state, lessons, next)}
            </span>
          </p>`
    }
    <ol class="lessons">
      ${lessons.map((lesson) => lessonItem(state, lesson))}
    </ol>`;
}

/** Who skipped a lesson goes on from where they are, and finds back. */
function leftOutBefore(
  state: State,
  lessons: LessonSummary[],
  next: LessonSummary,
): TemplateResult | typeof nothing {
  const leftOut = lessons.filter(
    ({ number, progress }) => progress === "new" && number < next.number,
  );
  if (leftOut.length === 0) return nothing;
  const links = leftOut.map(
    ({ number, title }, at) =>
      html`${at === 0 ? "" : ", "}<a href=${link(state, { page: "lesson", number })} title=${title}
          >${number}</a
        >`,
  );
  return html`Left out so far: ${links}.`;
}

function lessonItem(
  state: State,
  { number, title, goal, minutes, progress }: LessonSummary,
): TemplateResult {
  return html`<li class="lesson-item">
    <span class="lesson-number" aria-hidden="true">${number}</span>
    <div>
      <h2><a href=${link(state, { page: "lesson", number })}>${title}</a></h2>
      <p>${goal}</p>
    </div>
    <div class="lesson-side">
      ${progressView(progress)}
      <p>${minutes} minutes</p>
    </div>
  </li>`;
}

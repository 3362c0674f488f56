// What is to be known of all clients of a trace: where they connect, the troubles and what helps, and in the end the summary.
import { html, nothing, type TemplateResult } from "lit-html";
import type { FoundTrouble, Sum } from "../../../scripts/model/follow/follow.ts";
import type { TracePlace } from "../../../scripts/model/protocol.ts";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";
import type { TraceModel } from "./trace-view.ts";

export function overview({ state, trace }: TraceModel, place: TracePlace): TemplateResult {
  const { sum, isOver, clients } = trace;
  const { troubles = [] } = sum ?? {};
  return html`<section class="trace-overview prose" aria-label="Overview" tabindex="0">
    ${placeWords(place, isOver)}
    ${clients.length === 0 && !isOver ? html`<p class="quiet-text">Nothing has come yet.</p>` : nothing}
    ${troubles.length === 0 ? nothing : html`<h2>Troubles</h2>`}
    ${troubles.map((trouble) => troubleView(trouble, state))}
    ${isOver && sum ? sumView(sum) : nothing}
  </section>`;
}

function placeWords({ to, at, remark }: TracePlace, isOver: boolean): TemplateResult {
  if (at === null) return html`<p>${remark}</p>`;
  if (isOver) return html`<p>The trace has ended. What is shown here stays until you leave.</p>`;
  return html`<p>
    Point your client at <code>${at}</code>: it goes on to <code>${to}</code>. ${remark} Choose a
    client to see its wire.
  </p>`;
}

/** The sentence of a trouble, what helps, and the lesson that teaches it. */
export function troubleView(
  { sentence, help, lesson, count }: FoundTrouble,
  state: State,
): TemplateResult {
  const title = state.lessons?.find(({ number }) => number === lesson)?.title;
  return html`<div class="trouble">
    <p><b>! ${sentence}</b>${count > 1 ? ` (×${count})` : nothing}</p>
    <p>${help}</p>
    ${
      lesson === undefined
        ? nothing
        : html`<p>
            <a href=${link(state, { page: "lesson", number: lesson })}
              >Lesson ${lesson}${title === undefined ? nothing : `: ${title}`}</a
            >
          </p>`
    }
  </div>`;
}

function sumView({ ends, heartbeats, others }: Sum): TemplateResult {
  const credentials = [...new Set(ends.map(({ credential }) => credential))];
  return html`<h2>${ends.length === 0 ? "No client came" : "Who came, and what came of it"}</h2>
    <dl class="trace-sum">
      ${credentials.map(
        (credential) =>
          html`<div>
            <dt>${credential}</dt>
            ${ends
              .filter((each) => each.credential === credential)
              .map(
                ({ end, isGood, count }) =>
                  html`<dd class=${isGood ? "is-good" : "is-bad"}>
                    ${isGood ? "✓" : "✗"} ${end}${count > 1 ? ` (×${count})` : nothing}
                  </dd>`,
              )}
          </div>`,
      )}
    </dl>
    <p class="quiet-text">
      Not listed: heartbeats (${heartbeats}), what is not of Socket.IO (${others}).
    </p>`;
}

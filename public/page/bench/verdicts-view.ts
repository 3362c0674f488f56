// What each auth mode makes of the token: its outcome, the reason, and what the client sees.
import { outcomeWords } from "../../../scripts/model/words/acts.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import type { BenchReport } from "../../../scripts/model/protocol.ts";
import { outcomeIcon, waitingIcon } from "../shell/icons.ts";
import type { OutcomeWords } from "../../../scripts/model/words/kind-words.ts";
import type { BenchState } from "./bench-state.ts";
import { verdictSentence } from "./bench-words.ts";

type Verdict = BenchReport["verdicts"][number];

const PLACES: Record<Verdict["auth"], string> = {
  passport: "in the header, checked by Passport",
  manual: "in the header, checked by hand",
  payload: "in the payload, checked in the namespace",
  cookie: "in a cookie, checked by hand",
};

export function verdictsView({ report, isJudging, typed, problem }: BenchState): TemplateResult {
  return html`<section
    class="verdicts"
    aria-labelledby="verdicts-title"
    aria-busy=${isJudging ? "true" : "false"}
  >
    <h2 id="verdicts-title">What each mode makes of it</h2>
    ${
      report === undefined
        ? html`<p class="quiet-text">
            ${isJudging ? "Asking the demo servers…" : problem === undefined ? "Nothing was asked yet." : "It was not sent."}
          </p>`
        : html`<p>
              ${typed !== undefined ? "These are the results of the token before." : verdictSentence(report)}
            </p>
            <ul class="verdict-cards ${isJudging || typed !== undefined ? "is-stale" : ""}">
              ${report.verdicts.map((verdict) => card(verdict, isJudging))}
            </ul>`
    }
  </section>`;
}

function card({ auth, outcome, reason }: Verdict, isJudging: boolean): TemplateResult {
  const { sign, word, detail, facts } = outcomeWords(outcome);
  const result = outcome[0]?.result;
  return html`<li class="verdict-card verdict-${sign}">
    <h3>${auth}</h3>
    <p class="verdict-place">${PLACES[auth]}</p>
    <p class="outcome outcome-${sign}">
      ${isJudging ? waitingIcon(true) : outcomeIcon(sign)}<b>${word}</b>
    </p>
    ${
      result === "connected"
        ? html`<p>as ${detail}</p>`
        : html`<p><span class="quiet-text">The check:</span> <b>${reason}</b></p>`
    }
    ${result === "refused" ? seenView(facts) : nothing}
  </li>`;
}

/** What of this the client sees; the reason is not among it. */
function seenView(facts: OutcomeWords["facts"]): TemplateResult {
  return html`<p class="quiet-text">What the client sees:</p>
    <dl class="facts">
      ${facts.map(([name, value]) =>
        value === "not visible"
          ? nothing
          : html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
      )}
    </dl>`;
}

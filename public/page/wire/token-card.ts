// The card of a token: what anybody can read in it, and what the server made of it. Masked here; "Open in Bench" shows it.
import { html, nothing, type TemplateResult } from "lit-html";
import { checkOf, type Decision, type SeenToken, type Step } from "../../../scripts/model/trace.ts";
import { printable } from "../../../scripts/model/words/printable.ts";
import { readPurpose } from "../../../scripts/model/words/purpose.ts";
import {
  claimWords,
  forgeryWords,
  type FieldWords,
  headerWords,
  maskedToken,
  timeLeftOf,
  type TimeLeft,
} from "../../../scripts/model/words/token.ts";
import { drawCheck } from "./signs.ts";

interface TokenCard {
  token: SeenToken;
  /** Those of the trace that it is in. */
  steps: readonly Step[];
  /** The step that carried it. */
  step: Step;
  /** Seconds since 1970. */
  now: number;
}

/** A token with header, claims, time left and what the server decided. */
export function tokenCard({ token, steps, step, now }: TokenCard): TemplateResult {
  const time = timeLeftOf(token, now);
  const verdict = tokenVerdict(steps, step, token);
  return html`<section class="token-card" aria-label="Token ${maskedToken(token)}">
    <header>
      <b class="token-name">${maskedToken(token)}</b>
      <span class="token-place"
        >${placeWords(token)}${token.scheme ? `, scheme “${token.scheme}”` : ""}</span
      >
    </header>
    <p class="token-state ${IN_TIME.has(time.state) ? "" : "is-warn"}">${time.sentence}</p>
    <p class="token-state">${decisionSign(verdict.decision)} ${verdict.sentence}</p>
    ${
      token.forged === undefined
        ? nothing
        : html`<p class="token-state is-warn">The user ${forgeryWords(token.forged)}</p>`
    }
    ${fieldList("Header", headerWords(token))} ${fieldList("Claims", claimWords(token, now))}
    ${token.claims === null ? html`<p class="token-note">Not a JSON Web Token: it cannot be decoded.</p>` : nothing}
    ${
      token.id === undefined
        ? nothing
        : html`<button type="button" class="button" data-token=${token.id}>Open in Bench</button>`
    }
  </section>`;
}

function placeWords({ place, field }: SeenToken): string {
  return field === undefined ? PLACES[place] : `in the header ${printable(field)}`;
}

const PLACES: Record<SeenToken["place"], string> = {
  header: "in the Authorization header",
  payload: "in the payload of a packet",
  body: "in a body",
  query: "in the query, which ends up in logs",
};

/** Of the others one should know: an end that is past, or none at all. */
const IN_TIME: ReadonlySet<TimeLeft["state"]> = new Set(["in time", "unknown"]);

/** As on the server's lane. */
function decisionSign(decision: Decision | undefined): TemplateResult | typeof nothing {
  return decision === undefined
    ? nothing
    : html`<svg
        class="decision-sign"
        width="14"
        height="14"
        viewBox="-11 -11 22 22"
        aria-hidden="true"
      >
        ${drawCheck(decision, 0, 0)}
      </svg>`;
}

function fieldList(title: string, fields: FieldWords[]): TemplateResult | typeof nothing {
  if (fields.length === 0) return nothing;
  return html`<h4>${title}</h4>
    <dl class="token-fields">
      ${fields.map(
        ({ name, value, sentence }) =>
          html`<div>
            <dt>${name}</dt>
            <dd><code>${value}</code> <span>${sentence}</span></dd>
          </div>`,
      )}
    </dl>`;
}

// --- What the server made of it ---

interface TokenVerdict {
  /** Undefined where there is nothing that was decided. */
  decision: Decision | undefined;
  sentence: string;
}

/** What the trace shows: nobody but the server can check a signature. */
function tokenVerdict(
  steps: readonly Step[],
  step: Step,
  { place }: Pick<SeenToken, "place">,
): TokenVerdict {
  if (step.from === "server")
    return { decision: undefined, sentence: "Issued by the server, in this response." };
  const { decision, reason } = checkOf(steps, step) ?? {};
  if (decision === "accepted") return { decision, sentence: "Checked by the server: accepted." };
  if (decision === "refused") return { decision, sentence: refusedWords(reason) };
  const isOfSession = step.kind === "request" && readPurpose(step).sessionId !== undefined;
  return {
    decision: undefined,
    sentence: isOfSession && place === "header" ? NOT_CHECKED : UNKNOWN,
  };
}

function refusedWords(reason: string | undefined): string {
  const refused = "Checked by the server: refused.";
  return reason === undefined
    ? `${refused} Neither the response nor the demo server's log says which check failed.`
    : `${refused} The demo server's log says "${printable(reason)}"; the response does not.`;
}

const UNKNOWN = "Nothing on the wire shows whether the server checked it.";
const NOT_CHECKED = "Not checked here: the request belongs to a session, and its sid is enough.";

// The card of a token: what anybody can read in it, and what the server said of it. Tokens are masked everywhere.
import { html, nothing, type TemplateResult } from "lit-html";
import type { SeenToken } from "../../../scripts/model/trace.ts";
import { maskedToken } from "./authorization-words.ts";
import type { SignatureState } from "./signature-words.ts";
import {
  claimWords,
  type FieldWords,
  headerWords,
  timeLeftOf,
  type TimeLeft,
} from "./token-words.ts";

export interface TokenCard {
  token: SeenToken;
  /** Left out where no trace shows anything about it. */
  signature?: SignatureState | undefined;
  /** Seconds since 1970. */
  now: number;
}

/** A token with header, claims, time left and the state of its signature. */
export function tokenCard({ token, signature, now }: TokenCard): TemplateResult {
  const time = timeLeftOf(token, now);
  return html`<section class="token-card" aria-label="Token ${maskedToken(token)}">
    <header>
      <b class="token-name">${maskedToken(token)}</b>
      <span class="token-place"
        >${PLACES[token.place]}${token.scheme ? `, scheme “${token.scheme}”` : ""}</span
      >
    </header>
    <p class="token-state is-${TIME_SHAPES[time.state]}">${time.sentence}</p>
    ${signature ? html`<p class="token-state is-${SIGNATURE_SHAPES[signature.state]}">${signature.sentence}</p>` : nothing}
    ${fieldList("Header", headerWords(token))} ${fieldList("Claims", claimWords(token, now))}
    ${token.claims === null ? html`<p class="token-note">It is no JSON Web Token: nothing in it can be decoded.</p>` : nothing}
  </section>`;
}

const PLACES: Record<SeenToken["place"], string> = {
  header: "in the Authorization header",
  payload: "in the payload of a packet",
  body: "in a body",
  query: "in the query, where logs keep it",
};

const TIME_SHAPES: Record<TimeLeft["state"], string> = {
  "in time": "good",
  ended: "bad",
  "not yet": "bad",
  endless: "warn",
  unknown: "open",
};

const SIGNATURE_SHAPES: Record<SignatureState["state"], string> = {
  accepted: "good",
  refused: "bad",
  unchecked: "open",
  issued: "good",
  unknown: "open",
};

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

// Header and claims of a token, each with its value, what it means, and whether something is wrong with it.
import { html, nothing, type TemplateResult } from "lit-html";
import { shapeIcon, surpriseIcon } from "../shell/icons.ts";
import { headerWords } from "../../../scripts/model/words/token.ts";
import { claimMeaning, claimValue } from "./claim-meanings.ts";
import type { Fault } from "./faults.ts";
import type { DecodedToken } from "./token-text.ts";

/** @param faults what is marked */
export function decodedView({ header, claims }: DecodedToken, faults: Fault[]): TemplateResult {
  return html`<h3>Header</h3>
    <dl class="claims">
      ${headerWords({ header }).map(({ name, value, sentence }) =>
        claimRow({ name, value, meaning: sentence, faults }),
      )}
    </dl>
    <h3>Claims</h3>
    <dl class="claims">
      ${Object.entries(claims).map(([name, claim]) => {
        const { value, moment } = claimValue(name, claim);
        return claimRow({ name, value, moment, meaning: claimMeaning(name), faults });
      })}
      ${missing(claims).map((name) =>
        claimRow({ name, value: undefined, meaning: claimMeaning(name), faults }),
      )}
    </dl>`;
}

/** What this server asks for and does not find. */
function missing(claims: DecodedToken["claims"]): string[] {
  return ["iss", "aud", "exp", "data"].filter((name) => !(name in claims));
}

interface ClaimRow {
  name: string;
  /** Undefined where it is not there. */
  value: string | undefined;
  moment?: string | undefined;
  meaning: string;
  faults: Fault[];
}

function claimRow({ name, value, moment, meaning, faults }: ClaimRow): TemplateResult {
  const fault = faults.find(({ about }) => about === name);
  return html`<div class=${fault === undefined ? "" : fault.isReason ? "is-wrong" : "is-odd"}>
    <dt>${name}${fault === undefined ? nothing : faultMark(fault)}</dt>
    <dd class="claim-value">
      ${value === undefined ? html`<i>not there</i>` : shorten(value)}
      ${moment === undefined ? nothing : html`<span class="moment">${moment}</span>`}
    </dd>
    <dd class="meaning">${meaning}</dd>
  </div>`;
}

const LONGEST_VALUE = 400;

/** All of it stands in the form below. */
function shorten(value: string): string {
  const more = value.length - LONGEST_VALUE;
  return more > 0 ? `${value.slice(0, LONGEST_VALUE)}… (${more} more characters)` : value;
}

function faultMark({ isReason }: Fault): TemplateResult {
  return html`<span class="fault-mark"
    >${isReason ? shapeIcon("bad") : surpriseIcon()}<span class="visually-hidden"
      >${isReason ? "wrong" : "odd"}</span
    ></span
  >`;
}

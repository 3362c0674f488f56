// Header and claims of a token, each with its value, what it means, and whether something is wrong with it.
import { html, nothing, type TemplateResult } from "lit-html";
import { shapeIcon, surpriseIcon } from "../shell/icons.ts";
import { headerWords } from "../../../scripts/model/words/token.ts";
import type { BenchActions } from "./bench-actions.ts";
import { claimMeaning, claimValue } from "./claim-meanings.ts";
import type { Mark } from "./encoded-view.ts";
import type { Fault } from "./faults.ts";
import type { DecodedToken } from "./token-text.ts";

type Point = BenchActions["point"];

/**
 * @param faults what is marked
 * @param point called with what the person points at
 */
export function decodedView(
  { header, claims }: DecodedToken,
  faults: Fault[],
  point: Point,
): TemplateResult {
  return html`<h3 class="part-header">Header</h3>
    <dl class="claims part-header">
      ${headerWords({ header }).map(({ name, value, sentence }) =>
        claimRow({ mark: { part: "header", name }, value, meaning: sentence, faults, point }),
      )}
    </dl>
    <h3 class="part-claims">Claims</h3>
    <dl class="claims part-claims">
      ${Object.entries(claims).map(([name, claim]) => {
        const mark = { part: "claims", name } as const;
        return claimRow({
          mark,
          ...claimValue(name, claim),
          meaning: claimMeaning(name),
          faults,
          point,
        });
      })}
      ${missing(claims).map((name) =>
        claimRow({
          mark: { part: "claims", name },
          value: undefined,
          meaning: claimMeaning(name),
          faults,
          point,
        }),
      )}
    </dl>`;
}

/** What the demo server asks for and does not find. */
function missing(claims: DecodedToken["claims"]): string[] {
  return ["iss", "aud", "exp", "data"].filter((name) => !(name in claims));
}

interface ClaimRow {
  mark: Required<Mark>;
  /** Undefined where it is not there. */
  value: string | undefined;
  moment?: string | undefined;
  meaning: string | TemplateResult;
  faults: Fault[];
  point: Point;
}

/** One row; where the pointer or the focus is in it, it is marked in the token. */
export function claimRow(row: ClaimRow): TemplateResult {
  const { mark, value, moment, meaning, faults, point } = row;
  const fault = faults.find(({ about }) => about === mark.name);
  const enter = (): void => {
    if (value !== undefined) point(mark);
  };
  // Where the focus is stays marked when the pointer only passes.
  const leave = ({ currentTarget }: Event): void => {
    if (!(currentTarget as Element).contains(document.activeElement)) point(undefined);
  };
  return html`<div
    class=${fault === undefined ? "" : fault.isReason ? "is-wrong" : "is-odd"}
    @pointerenter=${enter}
    @pointerleave=${leave}
    @focusin=${enter}
    @focusout=${() => point(undefined)}
  >
    <dt>
      ${value === undefined ? mark.name : nameButton(mark.name)}${fault === undefined ? nothing : faultMark(fault)}
    </dt>
    <dd class="claim-value">
      ${value === undefined ? html`<i>not there</i>` : shorten(value)}
      ${moment === undefined ? nothing : html`<span class="moment">${moment}</span>`}
    </dd>
    <dd class="meaning">${meaning}</dd>
  </div>`;
}

// A button for the sake of the keyboard and of touch: where the focus is, the row is marked.
function nameButton(name: string): TemplateResult {
  return html`<button type="button" class="claim-name" title="Mark it in the token">
    ${name}
  </button>`;
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

// What is wrong with the token, before anybody reads the rest: a sentence for each fault, and the time it has left.
import { html, nothing, type TemplateResult } from "lit-html";
import { shapeIcon, surpriseIcon } from "../shell/icons.ts";
import type { BenchState } from "./bench-state.ts";
import { countdown } from "./claim-meanings.ts";
import type { Fault } from "./faults.ts";
import type { DecodedToken } from "./token-text.ts";

type Decoded = DecodedToken | { problem: string };

export function faultsView(
  { text, now, report, isJudging }: BenchState,
  decoded: Decoded,
  faults: Fault[],
): TemplateResult | typeof nothing {
  if (text === null || text === "") return nothing;
  if ("problem" in decoded) return faultList([{ sentence: decoded.problem, isReason: true }]);
  const isKnown = report !== undefined && !isJudging;
  return html`${timeLeft(decoded, now)}
  ${
    faults.length === 0
      ? html`<p class="no-faults ${isKnown ? "" : "is-open"}">
          ${shapeIcon(isKnown ? "good" : "open")}
          ${
            isKnown
              ? "Nothing is wrong with it: correctly signed, not expired, for the demo server, with a user."
              : "Well-formed; asking the demo server about the signature…"
          }
        </p>`
      : faultList(faults)
  }`;
}

function faultList(faults: Pick<Fault, "sentence" | "isReason">[]): TemplateResult {
  return html`<ul class="faults" aria-label="What is wrong with it">
    ${faults.map(
      ({ sentence, isReason }) =>
        html`<li class="fault ${isReason ? "" : "is-odd"}">
          ${isReason ? shapeIcon("bad") : surpriseIcon()} ${isReason ? nothing : "Odd: "}${sentence}
        </li>`,
    )}
  </ul>`;
}

/** Counts down to the beginning, or else to the end; said by the claims' own words where there is neither. */
function timeLeft({ claims }: DecodedToken, now: number): TemplateResult | typeof nothing {
  const { nbf, exp } = claims;
  if (typeof nbf === "number" && nbf > now) return clock("valid in", nbf - now);
  if (typeof exp === "number" && exp > now) return clock("expires in", exp - now);
  return nothing;
}

// No live region: nobody wants to hear every second.
function clock(words: string, seconds: number): TemplateResult {
  return html`<p class="time-left">${words} <b role="timer">${countdown(seconds)}</b></p>`;
}

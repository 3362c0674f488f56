// The switches across the top: first those of the server, then those of the own attempt.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { PageSwitches } from "../../../scripts/model/protocol.ts";
import type { Actions } from "./actions.ts";
import { CHOICES, type Choice, type ChoiceName, textOf } from "../../../scripts/model/choices.ts";
import { chevronIcon, lockIcon } from "./icons.ts";
import { link } from "./links.ts";
import { currentSwitches, type State } from "./state.ts";
import { allows, fixedSwitch, SERVER_SWITCHES, switchesInOneLine } from "./switch-values.ts";
import { tokenNote, tokenSwitch } from "./token-switch.ts";

/** @param note what stands below them; what the chosen token is, if left out */
export function switchesView(
  state: State,
  note: TemplateResult | undefined,
  actions: Actions,
): TemplateResult {
  const switches = currentSwitches(state);
  const radios = (name: ChoiceName, legend: string): TemplateResult =>
    radioGroup(state, actions, { name, legend, switches });
  return html`<section
    class="switches ${state.areSwitchesOpen ? "is-open" : ""}"
    aria-label="Switches"
  >
    <button
      type="button"
      class="switches-fold"
      aria-expanded=${state.areSwitchesOpen ? "true" : "false"}
      aria-controls="switch-panel"
      @click=${() => actions.toggleSwitches()}
    >
      <span class="fold-name">Switches</span>
      <span class="fold-values">${switchesInOneLine(switches)}</span>${chevronIcon()}
    </button>
    <div id="switch-panel" class="switch-panel">
      <div class="switch-row" role="group" aria-label="Server">
        <span class="row-name" aria-hidden="true">Server</span>
        <div class="row-switches">
          ${Object.entries(SERVER_SWITCHES).map(([name, legend]) => radios(name as ChoiceName, legend))}
        </div>
      </div>
      <div class="switch-row" role="group" aria-label="Your own attempt">
        <span class="row-name" aria-hidden="true">Your own attempt</span>
        <div class="row-switches">
          ${radios("transports", "Transports")} ${tryAllSwitch(switches, actions)}
          ${radios("credential", "Credential")} ${radios("scheme", "Scheme")}
          ${tokenSwitch(switches, actions)}
        </div>
      </div>
      ${switchNotes(state, note ?? tokenNote(switches))}
    </div>
  </section>`;
}

interface RadioGroup {
  name: ChoiceName;
  legend: string;
  switches: PageSwitches;
}

function radioGroup(
  state: State,
  actions: Actions,
  { name, legend, switches }: RadioGroup,
): TemplateResult {
  const fixed = fixedSwitch(state.rules, name);
  const choices: readonly Choice<PageSwitches[ChoiceName]>[] = CHOICES[name];
  return html`<fieldset
    class="switch"
    aria-describedby=${fixed === undefined ? nothing : `fixed-${name}`}
    ?disabled=${name === "scheme" && switches.credential !== "header"}
  >
    <legend>${fixed === undefined ? nothing : lockIcon()}${legend}</legend>
    <span class="segments">
      ${choices.map(
        ({ text, label, value }) =>
          html`<label class="segment"
            ><input
              type="radio"
              name=${name}
              .value=${text}
              .checked=${live(text === textOf(switches[name]))}
              ?disabled=${fixed !== undefined && !allows(fixed, text)}
              @change=${() => actions.choose({ [name]: value })}
            /><span>${label}</span></label
          >`,
      )}
    </span>
  </fieldset>`;
}

function tryAllSwitch({ tryAllTransports }: PageSwitches, actions: Actions): TemplateResult {
  return html`<label class="check"
    ><input
      type="checkbox"
      name="tryAllTransports"
      .checked=${live(tryAllTransports)}
      @change=${() => actions.choose({ tryAllTransports: !tryAllTransports })}
    /><span>tryAllTransports</span></label
  >`;
}

/** One line: why a switch is not free, and what the page or the token has to say. */
function switchNotes(state: State, note: TemplateResult): TemplateResult {
  return html`<div class="switch-notes">
    ${Object.entries(SERVER_SWITCHES).map(([name, legend]) => {
      const fixed = fixedSwitch(state.rules, name);
      return fixed === undefined
        ? nothing
        : html`<p id="fixed-${name}">
            ${lockIcon()}<b>${legend}</b> here: ${fixed.to.join(" or ")}. ${fixed.reason}
            <a href=${link(state, { page: "sandbox" })}>Try it in the free sandbox</a>
          </p>`;
    })}
    ${note}
  </div>`;
}

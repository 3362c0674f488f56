// The switches across the top: first those of the server, then those of the own attempt.
import {
  CHOICES,
  allows,
  fixedSwitch,
  switchesInOneLine,
  textOf,
  type Choice,
  type ChoiceName,
  type Switches,
} from "../../../scripts/model/switches.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Actions } from "./actions.ts";
import { chevronIcon, lockIcon } from "./icons.ts";
import { currentSwitches, openLesson, type State } from "./state.ts";
import { switchNotes } from "./switch-notes.ts";
import { tokenSwitch } from "./token-switch.ts";

export function switchesView(state: State, actions: Actions): TemplateResult {
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
          ${radios("variant", "Format")} ${radios("auth", "Auth")}
          ${radios("serverTransports", "Offers")}
        </div>
      </div>
      <div class="switch-row" role="group" aria-label="Your own attempt">
        <span class="row-name" aria-hidden="true">Own attempt</span>
        <div class="row-switches">
          ${radios("transports", "Transports")} ${tryAllSwitch(switches, actions)}
          ${radios("credential", "Credential")} ${radios("scheme", "Scheme")}
          ${tokenSwitch(switches, actions)}
        </div>
      </div>
      ${switchNotes(state, switches)}
    </div>
  </section>`;
}

interface RadioGroup {
  name: ChoiceName;
  legend: string;
  switches: Switches;
}

function radioGroup(
  state: State,
  actions: Actions,
  { name, legend, switches }: RadioGroup,
): TemplateResult {
  const fixed = fixedSwitch(openLesson(state), name);
  const choices: readonly Choice<Switches[ChoiceName]>[] = CHOICES[name];
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

function tryAllSwitch({ tryAllTransports }: Switches, actions: Actions): TemplateResult {
  return html`<label class="check"
    ><input
      type="checkbox"
      name="tryAllTransports"
      .checked=${live(tryAllTransports)}
      @change=${() => actions.choose({ tryAllTransports: !tryAllTransports })}
    /><span>tryAllTransports</span></label
  >`;
}

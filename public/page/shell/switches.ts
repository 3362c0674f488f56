// The switches across the top: first those of the server, then those of the own attempt; of both, those that count on the page.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import {
  allows,
  type Choice,
  type ChoiceName,
  CHOICES,
  fixedSwitch,
  type SwitchName,
  type Switches,
  switchesInOneLine,
  textOf,
} from "../../../scripts/model/switches.ts";
import type { Actions } from "./actions.ts";
import { chevronIcon, lockIcon } from "./icons.ts";
import { link } from "./links.ts";
import { radioGroup } from "./radio-group.ts";
import { currentSwitches, type State } from "./state.ts";
import { tokenNote, tokenSwitch } from "./token-switch.ts";

const SERVER_SWITCHES = ["variant", "auth", "serverTransports"] as const;

/** What the switches are called that are one choice out of a few. */
const LEGENDS: Record<ChoiceName, string> = {
  variant: "Format",
  auth: "Auth",
  serverTransports: "Transports offered",
  transports: "Transports",
  credential: "Credential",
  scheme: "Scheme",
};

const ROWS: readonly { name: string; switches: readonly SwitchName[] }[] = [
  { name: "Server", switches: SERVER_SWITCHES },
  {
    name: "Your own attempt",
    switches: ["transports", "tryAllTransports", "credential", "scheme", "token"],
  },
];

/** @param names the switches that count on the page */
export function switchesView(
  state: State,
  names: readonly SwitchName[],
  actions: Actions,
): TemplateResult {
  const values = currentSwitches(state);
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
      <span class="fold-values">${switchesInOneLine(values, names)}</span>${chevronIcon()}
    </button>
    <div id="switch-panel" class="switch-panel">
      ${ROWS.map(({ name, switches }) => {
        const shown = switches.filter((each) => names.includes(each));
        return shown.length === 0
          ? nothing
          : html`<div class="switch-row" role="group" aria-label=${name}>
              <span class="row-name" aria-hidden="true">${name}</span>
              <div class="row-switches">
                ${shown.map((each) => switchView(each, state, actions))}
              </div>
            </div>`;
      })}
      ${switchNotes(state, names)}
    </div>
  </section>`;
}

function switchView(name: SwitchName, state: State, actions: Actions): TemplateResult {
  const values = currentSwitches(state);
  if (name === "token") return tokenSwitch(values, actions);
  if (name === "tryAllTransports") return tryAllSwitch(values, actions);
  return choiceSwitch(name, state, actions);
}

function choiceSwitch(name: ChoiceName, state: State, actions: Actions): TemplateResult {
  const values = currentSwitches(state);
  const fixed = fixedSwitch(state.rules, name);
  const choices: readonly Choice<Switches[ChoiceName]>[] = CHOICES[name];
  return radioGroup({
    legend: html`${fixed === undefined ? nothing : lockIcon()}${LEGENDS[name]}`,
    name,
    describedBy: fixed && `fixed-${name}`,
    isDisabled: name === "scheme" && values.credential !== "header",
    options: choices.map(({ text, label, value }) => ({
      label,
      isChosen: text === textOf(values[name]),
      isDisabled: fixed !== undefined && !allows(fixed, text),
      choose: () => actions.choose({ [name]: value }),
    })),
  });
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

/** One line: why a switch is not free, and what the token is. */
function switchNotes(state: State, names: readonly SwitchName[]): TemplateResult | typeof nothing {
  const fixed = SERVER_SWITCHES.filter((name) => fixedSwitch(state.rules, name) !== undefined);
  if (fixed.length === 0 && !names.includes("token")) return nothing;
  return html`<div class="switch-notes">
    ${fixed.map((name) => {
      const { to, reason } = fixedSwitch(state.rules, name)!;
      return html`<p id="fixed-${name}">
        ${lockIcon()}<b>${LEGENDS[name]}</b> here: ${to.join(" or ")}. ${reason}
        <a href=${link(state, { page: "sandbox" })}>Try it in the free sandbox</a>
      </p>`;
    })}
    ${names.includes("token") ? tokenNote(currentSwitches(state)) : nothing}
  </div>`;
}

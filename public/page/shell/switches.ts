// The switches across the top: those of the server, and those of the own attempt; in a lesson, those worth flipping and the rest on demand.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import {
  allows,
  type Choice,
  type ChoiceName,
  CHOICES,
  fixedSwitch,
  OWN_SWITCH_NAMES,
  type SwitchName,
  type Switches,
  switchesFor,
  switchesInOneLine,
  textOf,
} from "../../../scripts/model/switches.ts";
import type { Actions } from "./actions.ts";
import { chevronIcon, lockIcon } from "./icons.ts";
import { link } from "./links.ts";
import { radioGroup } from "./radio-group.ts";
import { currentSwitches, type State, switchesInSight } from "./state.ts";
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
  { name: "Your own attempt", switches: OWN_SWITCH_NAMES },
];

/** @param names the switches that count on the page */
export function switchesView(
  state: State,
  names: readonly SwitchName[],
  actions: Actions,
): TemplateResult {
  const inSight = switchesInSight(state, names);
  const rows = ROWS.map(({ name, switches }) => {
    return { name, shown: switches.filter((each) => inSight.includes(each)) };
  }).filter(({ shown }) => shown.length > 0);
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
      <span class="fold-values">${switchesInOneLine(currentSwitches(state), inSight)}</span
      >${chevronIcon()}
    </button>
    <div id="switch-panel" class="switch-panel">
      ${rows.map(
        ({ name, shown }, at) =>
          html`<div class="switch-row" role="group" aria-label=${name}>
            <span class="row-name" aria-hidden="true">${name}</span>
            <div class="row-switches">
              ${shown.map((each) => switchView(each, { state, actions, hasNotes: areAllIn(inSight) }))}
              ${at === 0 ? [resetButton(state, actions), moreButton(state, actions)] : nothing}
            </div>
          </div>`,
      )}
      ${switchNotes(state, inSight)}
    </div>
  </section>`;
}

/** Says what is not as the lesson starts it: flipped here, or the format that came along from another page. */
function resetButton(state: State, actions: Actions): TemplateResult | typeof nothing {
  if (state.rules === undefined) return nothing;
  const [now, own] = [currentSwitches(state), switchesFor({}, state.rules)];
  const set = SERVER_SWITCHES.filter((name) => textOf(now[name]) !== textOf(own[name]));
  const labels = set.map((name) => `${LEGENDS[name]} ${textOf(now[name])}`);
  const ofOwn = OWN_SWITCH_NAMES.some(
    (name) => JSON.stringify(now[name]) !== JSON.stringify(own[name]),
  );
  if (ofOwn) labels.push("own attempt");
  if (labels.length === 0) return nothing;
  return html`<button type="button" class="button quiet" @click=${() => actions.resetSwitches()}>
    <span>Set by you: ${labels.join(", ")}. <u>Reset</u></span>
  </button>`;
}

function moreButton(state: State, actions: Actions): TemplateResult | typeof nothing {
  if (state.address.view.page !== "lesson") return nothing;
  const { areSwitchesOpen: isOpen } = state;
  return html`<button
    type="button"
    class="button quiet more-switches"
    aria-expanded=${isOpen ? "true" : "false"}
    @click=${() => actions.toggleSwitches()}
  >
    ${isOpen ? "Fewer" : "More"} ${chevronIcon()}
  </button>`;
}

interface Around {
  state: State;
  actions: Actions;
  /** Notes stand below the switches. */
  hasNotes: boolean;
}

function switchView(name: SwitchName, around: Around): TemplateResult {
  const values = currentSwitches(around.state);
  if (name === "token") return tokenSwitch(values, around.actions);
  if (name === "tryAllTransports") return tryAllSwitch(values, around.actions);
  return choiceSwitch(name, around);
}

function choiceSwitch(name: ChoiceName, { state, actions, hasNotes }: Around): TemplateResult {
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
    after:
      fixed === undefined || hasNotes
        ? nothing
        : html`<details class="why-fixed">
            <summary>Why?</summary>
            ${fixedNote(name, state)}
          </details>`,
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

function areAllIn(inSight: readonly SwitchName[]): boolean {
  return inSight.includes("token");
}

/** Why a switch is not free. */
function fixedNote(name: ChoiceName, state: State): TemplateResult {
  const { to, reason } = fixedSwitch(state.rules, name)!;
  return html`<p id="fixed-${name}">
    ${lockIcon()}<b>${LEGENDS[name]}</b> here: ${to.join(" or ")}. ${reason}
    <a href=${link(state, { page: "sandbox" })}>Try it in the free sandbox</a>
  </p>`;
}

/** With all switches in sight: why some are not free, and what the token is. */
function switchNotes(
  state: State,
  inSight: readonly SwitchName[],
): TemplateResult | typeof nothing {
  if (!areAllIn(inSight)) return nothing;
  const fixed = SERVER_SWITCHES.filter(
    (name) => inSight.includes(name) && fixedSwitch(state.rules, name) !== undefined,
  );
  return html`<div class="switch-notes">
    ${fixed.map((name) => fixedNote(name, state))} ${tokenNote(currentSwitches(state))}
  </div>`;
}

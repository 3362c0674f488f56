// A choice out of a few, side by side.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";

interface RadioGroup {
  legend: TemplateResult | string;
  /** No other group of the page has it. */
  name: string;
  options: readonly {
    label: string;
    isChosen: boolean;
    isDisabled?: boolean;
    choose: () => void;
  }[];
  isDisabled?: boolean;
  /** The id of an element that says more. */
  describedBy?: string | undefined;
  /** What stands after the choices. */
  after?: TemplateResult | typeof nothing;
}

export function radioGroup(group: RadioGroup): TemplateResult {
  const { legend, name, options, isDisabled = false, describedBy, after } = group;
  return html`<fieldset
    class="switch"
    aria-describedby=${describedBy ?? nothing}
    ?disabled=${isDisabled}
  >
    <legend>${legend}</legend>
    <span class="segments">
      ${options.map(
        (option) =>
          html`<label class="segment"
            ><input
              type="radio"
              name=${name}
              .checked=${live(option.isChosen)}
              ?disabled=${option.isDisabled ?? false}
              @change=${() => option.choose()}
            /><span>${option.label}</span></label
          >`,
      )}
    </span>
    ${after}
  </fieldset>`;
}

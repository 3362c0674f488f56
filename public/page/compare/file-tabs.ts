// The tabs of the compare page: the files, and the two ways of checking. Arrow keys go from tab to tab.
import { html, nothing, type TemplateResult } from "lit-html";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";
import { focusTab } from "./compare-focus.ts";
import type { CompareActions } from "./compare-actions.ts";
import { AUTH, type CompareState } from "./compare-state.ts";

export function fileTabs(
  state: State,
  { files, what }: CompareState,
  actions: CompareActions,
): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  const selected = what ?? files[0]!;
  const names = [...files, AUTH];
  return html`<div
    class="file-tabs"
    role="tablist"
    aria-label="What to compare"
    @keydown=${(event: KeyboardEvent) => moveBetween(names, selected, event, actions)}
  >
    ${names.map((name) => tab(state, name, name === selected))}
  </div>`;
}

function tab(state: State, name: string, isSelected: boolean): TemplateResult {
  return html`<a
    role="tab"
    class="file-tab ${name === AUTH ? "file-tab-auth" : ""}"
    id=${isSelected ? "selected-tab" : nothing}
    href=${link(state, { page: "compare", what: name })}
    aria-selected=${isSelected ? "true" : "false"}
    aria-controls=${isSelected ? "compare-panel" : nothing}
    tabindex=${isSelected ? "0" : "-1"}
    >${name === AUTH ? "passport beside manual" : name}</a
  >`;
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowLeft: (at, count) => (at + count - 1) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

function moveBetween(
  names: string[],
  selected: string,
  event: KeyboardEvent,
  actions: CompareActions,
): void {
  const step = STEPS[event.key];
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const at = names.indexOf(selected);
  actions.go(names[step(at, names.length)]!);
  focusTab();
}

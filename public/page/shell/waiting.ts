// Stands in the place of what is to be loaded while the sandbox is not reachable.
import { html, nothing, type TemplateResult } from "lit-html";
import type { State } from "./state.ts";

export function waitingForServer({ connection }: State): TemplateResult | typeof nothing {
  if (connection !== "lost") return nothing;
  return html`<p class="quiet-text">The rest is shown once the sandbox is reachable again.</p>`;
}

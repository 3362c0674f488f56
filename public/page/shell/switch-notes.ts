// One line below the switches: what the chosen token is, and why a switch does not run free.
import type { Switches } from "../../../scripts/model/switches.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import { TOKENS } from "../../../scripts/model/vocabulary.ts";
import { lockIcon } from "./icons.ts";
import { link } from "./links.ts";
import { openLesson, type State } from "./state.ts";

const NAMES: Record<string, string> = {
  variant: "Format",
  auth: "Auth",
  serverTransports: "Offers",
};

export function switchNotes(state: State, switches: Switches): TemplateResult {
  return html`<div class="switch-notes">
    ${Object.entries(openLesson(state)?.fixed ?? {}).map(([name, { to, reason }]) =>
      NAMES[name] === undefined
        ? nothing
        : html`<p id="fixed-${name}">
            ${lockIcon()}<b>${NAMES[name]}</b> is ${to.join(" or ")} here. ${reason}
            <a href=${link(state, { page: "sandbox" })}>Flip it freely</a>
          </p>`,
    )}
    ${
      state.address.view.page === "bench"
        ? html`<p>
            <b>Bench</b> Each mode gets the token where it looks for it: only Format, Offers and
            Token count here.
          </p>`
        : html`<p><b>Token</b> ${tokenWords(switches)}</p>`
    }
  </div>`;
}

function tokenWords({ token, credential }: Switches): string {
  if (credential === "none") return "none is sent.";
  if (typeof token === "string") return `${token}: ${TOKENS[token]}`;
  return token.text === ""
    ? "nothing is typed yet: paste one and press Enter. Until then you see what came of the one before."
    : "typed here; it stays in this tab's memory and in no address.";
}

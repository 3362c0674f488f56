// The server's log, along the bottom: the last line always, all lines on demand, a crash marked.
import { html, nothing, render, type TemplateResult } from "lit-html";
import type { Actions } from "./actions.ts";
import { chevronIcon, oddIcon } from "./icons.ts";
import type { LogEntry } from "../../../scripts/model/protocol.ts";
import type { State } from "./state.ts";

export function logView({ log, isLogOpen }: State, actions: Actions): TemplateResult {
  const last = log.at(-1);
  const crashes = log.filter(({ isCrash }) => isCrash).length;
  return html`<section class="log ${isLogOpen ? "is-open" : ""}" aria-label="Demo server log">
    <div class="log-bar">
      <button
        type="button"
        class="log-fold"
        aria-expanded=${isLogOpen ? "true" : "false"}
        aria-controls="log-lines"
        @click=${() => actions.toggleLog()}
      >
        ${chevronIcon()}<span>Demo server log <kbd aria-hidden="true">l</kbd></span>
        ${
          crashes === 0
            ? nothing
            : html`<b class="crash-count"
                >${oddIcon()}${crashes}<span class="wide-only">
                  ${crashes === 1 ? "crash" : "crashes"}</span
                ></b
              >`
        }
      </button>
      <p class="log-last">${isLogOpen || last === undefined ? nothing : logLine(last)}</p>
      <button type="button" class="button quiet" @click=${() => actions.restart()}>
        <span>Restart<span class="wide-only"> demo server</span></span>
      </button>
    </div>
    <div
      id="log-lines"
      class="log-lines"
      role="log"
      aria-label="Lines"
      tabindex="0"
      ?hidden=${!isLogOpen}
    >
      ${log.length === 0 ? html`<p>Nothing was printed yet.</p>` : nothing}
      <log-lines .entries=${isLogOpen ? log : NO_LINES}></log-lines>
    </div>
  </section>`;
}

/** A log that is closed has none: hundreds of them would be a weight on all that looks through the page. */
const NO_LINES: readonly LogEntry[] = [];

/**
 * Keeps the lines: a new one at the end, and an old one out of it. By hand, since lit-html 3.3 leaves a comment behind for each
 * line that its own list lets go of, and a log lets go of one for each that comes.
 */
class LogLines extends HTMLElement {
  #shown: readonly LogEntry[] = [];

  set entries(log: readonly LogEntry[]) {
    const ids = new Set(log.map(({ id }) => id));
    const known = new Set(this.#shown.map(({ id }) => id));
    const gone = this.#shown.filter(({ id }) => !ids.has(id)).length;
    for (const line of [...this.children].slice(0, gone)) line.remove();
    for (const entry of log) {
      if (known.has(entry.id)) continue;
      const line = document.createElement("p");
      line.classList.toggle("is-crash", entry.isCrash);
      render(logLine(entry), line);
      this.append(line);
    }
    this.#shown = log;
  }
}

customElements.define("log-lines", LogLines);

function logLine({ atMs, server, source, line, isCrash }: LogEntry): TemplateResult {
  return html`<span class="log-time">${new Date(atMs).toLocaleTimeString("en-GB")}</span>
    ${source === undefined ? nothing : html`<a href=${source.address}>${source.title}</a>`}
    <span class="log-server">${server}</span>
    ${isCrash ? html`<b>${oddIcon()}crash</b>` : nothing}
    <span class="log-text">${line}</span>`;
}

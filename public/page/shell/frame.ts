// The frame of every page: header, navigation, state of the connection, switches, the page itself, the demo server's log.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Actions } from "./actions.ts";
import { brandIcon } from "./icons.ts";
import { keyPrompt } from "./key-prompt.ts";
import { keySheet } from "./shortcut-sheet.ts";
import type { KeyGroups } from "./shortcuts.ts";
import { link } from "./links.ts";
import { logView } from "./log-view.ts";
import type { OpenPage, Page, Pages } from "./page.ts";
import type { State } from "./state.ts";
import { switchesView } from "./switches.ts";
import { waitingForServer } from "./waiting.ts";

export interface Frame {
  state: State;
  pages: Pages;
  /** The page on the screen; undefined while its code is on its way. */
  page: OpenPage | undefined;
  actions: Actions;
  keys: KeyGroups;
}

/** The whole page. */
export function frameView({ state, pages, page, actions, keys }: Frame): TemplateResult {
  const name = state.address.view.page;
  const { switches = [], hasLog, title } = pages[name];
  // Without a key nothing can be switched or run yet.
  const isOut = state.connection === "locked" && state.lessons === undefined;
  return html`
    <a class="skip" href="#main">Skip to the content</a>
    ${masthead(state, pages, actions)} ${banner(state, actions)}
    ${switches.length > 0 && !isOut ? switchesView(state, switches, actions) : nothing}
    <main id="main" class="main main-${name}" tabindex="-1">
      ${page?.view() ?? waitingPage(state, title)}
    </main>
    ${hasLog && !isOut ? logView(state, actions) : nothing} ${keySheet(keys)}
    <p class="visually-hidden" role="status">${state.announcement}</p>
  `;
}

/** In the place of a page that is being loaded; the heading takes the focus meanwhile. */
function waitingPage(state: State, title: string): TemplateResult {
  return html`<div class="prose">
    <h1 tabindex="-1">${title}</h1>
    ${waitingForServer(state)}
  </div>`;
}

/** What the tab is called. */
export function tabTitle({ state, pages, page }: Frame): string {
  return `${page?.title?.() ?? pages[state.address.view.page].title} · Socket.IO JWT sandbox`;
}

function masthead(state: State, pages: Pages, actions: Actions): TemplateResult {
  return html`<header class="masthead">
    <a class="brand" href=${link(state, { page: "lessons" })}
      >${brandIcon()}<span>Socket.IO <b>JWT</b> sandbox</span></a
    >
    <nav class="pages" aria-label="Pages">
      <ul>
        ${Object.entries(pages).map(([name, page]) => pageLink(state, pages, name, page))}
      </ul>
    </nav>
    ${connectionView(state)}
    <button
      class="button quiet keys-only"
      type="button"
      aria-haspopup="dialog"
      @click=${() => actions.openKeys()}
    >
      <kbd>?</kbd><span class="wide-only">Keys</span>
    </button>
  </header>`;
}

function pageLink(
  state: State,
  pages: Pages,
  name: string,
  page: Page,
): TemplateResult | typeof nothing {
  if (page.link === undefined || page.isShown?.(state) === false) return nothing;
  const current = state.address.view.page;
  const mark = current === name ? "page" : pages[current].partOf === name ? "true" : nothing;
  return html`<li>
    <a href=${link(state, page.link.view)} aria-current=${mark}>${page.link.text}</a>
  </li>`;
}

const CONNECTION_WORDS: Record<State["connection"], string> = {
  connecting: "Connecting",
  connected: "Sandbox connected",
  lost: "Sandbox unreachable",
  locked: "Locked",
};

function connectionView({ connection }: State): TemplateResult {
  return html`<p class="connection connection-${connection}">
    <span class="connection-sign" aria-hidden="true"></span
    ><span class="connection-word">${CONNECTION_WORDS[connection]}</span>
  </p>`;
}

function banner(state: State, actions: Actions): TemplateResult | typeof nothing {
  if (state.connection === "locked") return keyPrompt(state, actions);
  if (state.connection === "lost" && state.refusal !== undefined)
    return html`<div class="banner" role="alert"><p>${state.refusal}</p></div>`;
  if (state.connection === "lost" && state.trace !== null)
    return html`<div class="banner" role="alert">
      <p>
        <strong>The trace is not reachable.</strong> What was read stays here. If it was stopped,
        <code>${state.command}</code> starts another one, with a page at another address.
      </p>
    </div>`;
  if (state.connection === "lost")
    return html`<div class="banner" role="alert">
      <p>
        <strong>The sandbox is not reachable.</strong> Nothing is lost; the page reconnects
        automatically. If it was stopped, start it again with <code>${state.command}</code>.
      </p>
    </div>`;
  if (state.notice === undefined) return nothing;
  return html`<div class="banner" role="status">
    <p>${state.notice}</p>
    <button class="button quiet" type="button" @click=${() => actions.dismissNotice()}>
      Close
    </button>
  </div>`;
}

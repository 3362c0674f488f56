// The frame of every page: header, navigation, state of the connection, switches, the page itself, the server log.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Actions } from "./actions.ts";
import type { View } from "../../../scripts/model/address.ts";
import { brandIcon } from "./icons.ts";
import { keyPrompt } from "./key-prompt.ts";
import { keySheet, openKeySheet } from "./key-sheet.ts";
import { benchPart, comparePart, waitingPage } from "./late-parts.ts";
import { lessonList } from "../lesson/lesson-list.ts";
import { lessonPage } from "../lesson/lesson-view.ts";
import { link } from "./links.ts";
import { logView } from "./log-view.ts";
import { sandboxPage } from "../free/sandbox-view.ts";
import type { State } from "./state.ts";
import { switchesView } from "./switches.ts";

/** The whole page. */
export function pageView(state: State, actions: Actions): TemplateResult {
  const { view } = state.address;
  // Without a key nothing can be switched or run yet.
  const isOut = state.connection === "locked" && state.lessons === undefined;
  const hasWork = !isOut && view.page !== "lessons" && view.page !== "unknown";
  return html`
    <a class="skip" href="#main">Skip to the content</a>
    ${masthead(state)} ${banner(state, actions)}
    ${hasWork && view.page !== "compare" ? switchesView(state, actions) : nothing}
    <main id="main" class="main main-${view.page}" tabindex="-1">${mainView(state, actions)}</main>
    ${hasWork ? logView(state, actions) : nothing} ${keySheet()}
    <p class="visually-hidden" role="status">${state.announcement}</p>
  `;
}

function mainView(state: State, actions: Actions): TemplateResult {
  const { view } = state.address;
  switch (view.page) {
    case "lessons":
      return lessonList(state);
    case "lesson":
      return lessonPage(state, actions);
    case "sandbox":
      return sandboxPage(state, actions);
    case "compare":
      return comparePart()?.comparePage(state, actions) ?? waitingPage("Compare");
    case "bench":
      return benchPart()?.benchPage(state, actions) ?? waitingPage("Token bench");
    case "unknown":
      return html`<div class="prose">
        <h1 tabindex="-1">There is no such page</h1>
        <p><code>${view.path}</code> is none of this sandbox: go to <a href="/">the lessons</a>.</p>
      </div>`;
  }
}

const PAGES: { view: View; name: string }[] = [
  { view: { page: "lessons" }, name: "Lessons" },
  { view: { page: "sandbox" }, name: "Sandbox" },
  { view: { page: "compare", what: undefined }, name: "Compare" },
  { view: { page: "bench" }, name: "Bench" },
];

function masthead(state: State): TemplateResult {
  return html`<header class="masthead">
    <a class="brand" href=${link(state, { page: "lessons" })}
      >${brandIcon()}<span>Socket.IO <b>JWT</b> sandbox</span></a
    >
    <nav class="pages" aria-label="Pages">
      <ul>
        ${PAGES.map(
          ({ view, name }) =>
            html`<li>
              <a href=${link(state, view)} aria-current=${currentWord(state, view)}>${name}</a>
            </li>`,
        )}
      </ul>
    </nav>
    ${connectionView(state)}
    <button class="button quiet" type="button" aria-haspopup="dialog" @click=${openKeySheet}>
      <kbd>?</kbd><span class="wide-only">Keys</span>
    </button>
  </header>`;
}

function currentWord({ address }: State, view: View): "page" | "true" | typeof nothing {
  if (address.view.page === view.page) return "page";
  return address.view.page === "lesson" && view.page === "lessons" ? "true" : nothing;
}

const CONNECTION_WORDS: Record<State["connection"], string> = {
  connecting: "Connecting",
  connected: "Server connected",
  lost: "Server away",
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
  if (state.connection === "lost")
    return html`<div class="banner" role="alert">
      <p>
        <strong>The sandbox server is away.</strong> Nothing here is lost, and this page goes on
        automatically as soon as the server is back. If it was stopped, start it again with
        <code>${state.command}</code>.
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

function lessonTitle({ lessons }: State, wanted: number): string {
  const lesson = lessons?.find(({ number }) => number === wanted);
  return lesson === undefined ? `Lesson ${wanted}` : `${wanted} ${lesson.title}`;
}

/** What the tab is called. */
export function pageTitle(state: State): string {
  const { view } = state.address;
  const name =
    view.page === "lesson"
      ? lessonTitle(state, view.number)
      : PAGES.find((page) => page.view.page === view.page)?.name;
  return [...(name === undefined ? [] : [name]), "Socket.IO JWT sandbox"].join(" · ");
}

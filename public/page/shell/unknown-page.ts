// Stands where the address names no page.
import { html } from "lit-html";
import { link } from "./links.ts";
import type { Page, ViewOf } from "./page.ts";

export const unknownPage: Page<ViewOf<"unknown">> = {
  title: "There is no such page",
  open({ store }) {
    let path = "";
    return {
      enter(view) {
        path = view.path;
      },
      view: () =>
        html`<div class="prose">
          <h1 tabindex="-1">There is no such page</h1>
          <p>
            <code>${path}</code> is not part of this sandbox: go to
            <a href=${link(store.state, { page: "lessons" })}>the lessons</a>.
          </p>
        </div>`,
    };
  },
};

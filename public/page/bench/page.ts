// The token bench: decode a token, see what each auth mode makes of it, change it and try again.
import { html } from "lit-html";
import type { Page, ViewOf } from "../shell/page.ts";

export const benchPage: Page<ViewOf<"bench">> = {
  title: "Token bench",
  link: { text: "Bench", view: { page: "bench" } },
  hasSwitches: true,
  hasLog: true,
  switchNote: html`<p>
    <b>Bench</b> Each mode gets the token where it looks for it: only Format, Transports offered and
    Token count here.
  </p>`,
  open: async (shell) => (await import("./bench.ts")).openBench(shell),
};

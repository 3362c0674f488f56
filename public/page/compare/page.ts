// Compare: a file in its three formats, or two ways of checking a token, line by line.
import type { Page, ViewOf } from "../shell/page.ts";

export const comparePage: Page<ViewOf<"compare">> = {
  title: "Compare",
  link: { text: "Compare", view: { page: "compare", what: undefined } },
  hasLog: true,
  // It stays on the tabs.
  keepsFocus: true,
  isLate: true,
  open: async (shell) => (await import("./compare.ts")).openCompare(shell),
};

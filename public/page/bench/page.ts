// The token bench: decode a token, see what each auth mode makes of it, change it and try again.
import type { Page, ViewOf } from "../shell/page.ts";

export const benchPage: Page<ViewOf<"bench">> = {
  title: "Token bench",
  link: { text: "Bench", view: { page: "bench" } },
  // Each mode gets the token where it looks for it, and the bench has a field for the token.
  switches: ["variant", "serverTransports"],
  hasLog: true,
  isLate: true,
  open: async (shell) => (await import("./bench.ts")).openBench(shell),
};

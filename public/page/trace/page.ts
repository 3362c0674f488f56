// The trace of the person's own app, where `npm run trace` has opened this page.
import type { Page, ViewOf } from "../shell/page.ts";

export const tracePage: Page<ViewOf<"trace">> = {
  title: "Trace",
  link: { text: "Trace", view: { page: "trace" } },
  isShown: ({ trace }) => trace !== null,
  isLate: true,
  open: async (shell) => (await import("./trace.ts")).openTrace(shell),
};

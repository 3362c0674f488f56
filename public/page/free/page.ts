// The free sandbox: no lesson, only the own attempt that the switches describe.
import type { Page, ViewOf } from "../shell/page.ts";
import { openLesson } from "../lesson/lesson.ts";
import { matrixKeys } from "../lesson/lesson-shortcuts.ts";
import { SWITCH_NAMES } from "../../../scripts/model/switches.ts";
import { freeView } from "./free-view.ts";

export const freePage: Page<ViewOf<"sandbox">> = {
  title: "Sandbox",
  link: { text: "Sandbox", view: { page: "sandbox" } },
  switches: SWITCH_NAMES,
  hasLog: true,
  open: (shell) => openLesson(shell, { view: freeView, keys: matrixKeys }),
};

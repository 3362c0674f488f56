// A lesson: predict, run, and see on the wire why.
import type { Page, ViewOf } from "../shell/page.ts";
import { SWITCH_NAMES } from "../../../scripts/model/switches.ts";
import { openLesson } from "./lesson.ts";
import { lessonKeys } from "./lesson-shortcuts.ts";
import { lessonTitle, lessonView } from "./lesson-view.ts";

export const lessonPage: Page<ViewOf<"lesson">> = {
  title: "Lesson",
  partOf: "lessons",
  switches: SWITCH_NAMES,
  hasLog: true,
  open: (shell) => openLesson(shell, { view: lessonView, keys: lessonKeys, title: lessonTitle }),
};

// A lesson: predict, run, and see on the wire why.
import type { Page, ViewOf } from "../shell/page.ts";
import { ALL_SWITCHES } from "../shell/switch-values.ts";
import { openLesson } from "./lesson.ts";
import { lessonKeys } from "./lesson-keys.ts";
import { lessonTitle, lessonView } from "./lesson-view.ts";

export const lessonPage: Page<ViewOf<"lesson">> = {
  title: "Lesson",
  partOf: "lessons",
  switches: ALL_SWITCHES,
  hasLog: true,
  open: (shell) => openLesson(shell, { view: lessonView, keys: lessonKeys, title: lessonTitle }),
};

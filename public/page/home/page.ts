// The first page: what this is, and the list of lessons.
import type { Page, ViewOf } from "../shell/page.ts";
import { lessonList } from "./lesson-list.ts";

export const homePage: Page<ViewOf<"lessons">> = {
  title: "Lessons",
  link: { text: "Lessons", view: { page: "lessons" } },
  open: ({ store }) => ({ view: () => lessonList(store.state) }),
};

// All pages, in the order of their links. A new one has its folder, a line here, one in scripts/model/address.ts.
import { benchPage } from "./bench/page.ts";
import { comparePage } from "./compare/page.ts";
import { exercisePage } from "./exercise/page.ts";
import { freePage } from "./free/page.ts";
import { homePage } from "./home/page.ts";
import { lessonPage } from "./lesson/page.ts";
import { runPage } from "./run/page.ts";
import { tracePage } from "./trace/page.ts";
import type { Pages } from "./shell/page.ts";
import { unknownPage } from "./shell/unknown-page.ts";

export const PAGES: Pages = {
  lessons: homePage,
  lesson: lessonPage,
  sandbox: freePage,
  compare: comparePage,
  bench: benchPage,
  trace: tracePage,
  exercise: exercisePage,
  run: runPage,
  unknown: unknownPage,
};

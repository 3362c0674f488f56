// `npm run lesson`: the list of lessons, or one of them, live.
// What takes time to load is loaded while the first variant starts: hence the imports further down.
import { endInGoodOrder, pauseProcess } from "./lab/terminal/ending.ts";
import {
  applySwitches,
  LESSON_HELP,
  type LessonOptions,
  OptionError,
  readOptions,
} from "./lab/terminal/lesson-options.ts";
import { choosePaint } from "./lab/terminal/paint.ts";
import type { Lab, LabOptions } from "./lab/lab.ts";
import type { Cell } from "./lab/lesson/run.ts";
import type { Client, Lesson, Switches } from "./lab/lesson/lesson.ts";
import type { Sandbox } from "./lab/sandbox/sandbox.ts";
import type { ScreenEvents } from "./lab/terminal/screen.ts";

const NARROW = 80;
const paint = choosePaint(process.stdout, process.env);
const width = process.stdout.columns ?? NARROW;
const nodeName = `Node ${process.versions.node}`;
const print = (line: string): void => console.log(line);
const remark = (line: string): void => console.error(line);

// --- The list ---

async function printList(): Promise<void> {
  const { readLessons } = await import("./lab/lesson/files.ts");
  const { readProgress } = await import("./lab/lesson/progress.ts");
  const { renderList } = await import("./lab/terminal/lesson-list.ts");
  const [lessons, progress] = await Promise.all([readLessons(), readProgress()]);
  for (const line of renderList(lessons, progress, width, paint)) print(line);
}

// --- One lesson ---

/** What is told of a server that ends by itself, until somebody shows it elsewhere. */
let tellOfCrash = (message: string): void => {
  process.exitCode = 1;
  remark(message);
};

/** A mistake of ours in the page's part: the lesson goes on. */
function tellOfMistake(error: unknown): void {
  tellOfCrash(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

let stopAll = (): Promise<void> => Promise.resolve();
const ending = endInGoodOrder(() => stopAll());

async function runOne(typed: string, options: LessonOptions): Promise<void> {
  const isLive = process.stdin.isTTY && process.stdout.isTTY && !options.once && !options.json;
  if (options.open && !isLive) throw new OptionError(NO_PAGE);
  const { findLesson } = await import("./lab/terminal/find-lesson.ts");
  const lesson = await findLesson(typed);
  const switches = applySwitches(lesson, options.switches);
  const { clients } = options;
  const { firstServer } = await import("./lab/variants/neighbours.ts");
  const start: LabOptions = {
    first: firstServer(lesson, switches),
    clients,
    onCrash: (message) => tellOfCrash(message),
  };
  const chosen = { lesson, switches, clients };
  try {
    if (isLive) await stayOpen(openWithPage(start), chosen, options.open);
    else if (options.json) await writeJson(openWithoutPage(start), chosen);
    else await printOnce(openWithoutPage(start), chosen);
  } finally {
    await stopAll();
  }
}

interface Chosen {
  lesson: Lesson;
  switches: Switches;
  clients: readonly Client[];
}

async function openWithoutPage(start: LabOptions): Promise<Lab> {
  const { openLab } = await import("./lab/lab.ts");
  return stoppedAtTheEnd(openLab(start));
}

async function openWithPage(start: LabOptions): Promise<Sandbox> {
  const { reopenSandbox } = await import("./lab/sandbox/reopen.ts");
  return stoppedAtTheEnd(reopenSandbox({ ...start, onMistake: tellOfMistake }));
}

function stoppedAtTheEnd<Opened extends Lab | Sandbox>(opening: Promise<Opened>): Promise<Opened> {
  stopAll = async () => {
    tellOfCrash = () => undefined;
    await (await opening).close();
  };
  return opening;
}

async function printOnce(opening: Promise<Lab>, chosen: Chosen): Promise<void> {
  const { printHead, printRun } = await import("./lab/terminal/once.ts");
  const paper = { print, remark, width, paint };
  await printHead(chosen.lesson, chosen.switches, paper);
  const cells = await printRun({ lab: await opening, ...chosen, nodeName }, paper);
  failOnSurprise(cells);
  // Only what a person saw counts as done.
  if (process.stdout.isTTY) await noteRun(chosen.lesson, cells);
}

async function writeJson(opening: Promise<Lab>, chosen: Chosen): Promise<void> {
  const { printJson } = await import("./lab/terminal/once.ts");
  failOnSurprise(await printJson({ lab: await opening, ...chosen, nodeName }, { print, remark }));
}

function failOnSurprise(cells: readonly Cell[]): void {
  const isNothingSeen = cells.every(({ verdict }) => verdict === "no browser");
  if (isNothingSeen || cells.some(({ verdict }) => verdict === "surprise")) process.exitCode = 1;
}

async function stayOpen(
  opening: Promise<Sandbox>,
  { lesson, switches, clients }: Chosen,
  shouldOpenPage: boolean,
): Promise<void> {
  const [{ Live }, { openInBrowser }, { openScreen }, { readForLive }] = await Promise.all([
    import("./lab/terminal/live.ts"),
    import("./lab/terminal/browser-window.ts"),
    import("./lab/terminal/screen.ts"),
    import("./lab/terminal/find-lesson.ts"),
  ]);
  const parts = {
    sandbox: await opening,
    openInBrowser,
    paint,
    clients,
    nodeName,
    openScreen: (events: ScreenEvents) => openScreen(process.stdin, process.stdout, events),
    readLesson: readForLive,
    onFinished: noteRun,
    pause: pauseProcess,
  };
  const live = new Live(parts, await readForLive(lesson.number), switches);
  tellOfCrash = (message) => live.fail(message);
  if (shouldOpenPage) await live.openPage();
  await live.ended;
}

/** A run under switches that the lesson says nothing about neither does a lesson nor undoes it. */
async function noteRun({ slug }: Lesson, cells: readonly Cell[]): Promise<void> {
  if (cells.some(({ verdict }) => verdict === "no expectation")) return;
  const { noteProgress } = await import("./lab/lesson/progress.ts");
  const isAsExpected = cells.every(({ verdict }) => verdict === "as expected");
  await noteProgress(slug, { ranAt: Math.floor(Date.now() / 1000), isAsExpected });
}

// --- Start ---

const NO_PAGE =
  "--open goes with a lesson that stays open in a terminal; npm run sandbox serves the page by itself.";

/** Mistakes of the person who typed, and of what they wrote; anything else is a bug and keeps its stack. */
const MISTAKES = new Set([
  "BAD_OPTION",
  "BAD_LESSON",
  "UNKNOWN_LESSON",
  "BAD_PROGRESS",
  "BAD_CHROME_PATH",
  "BROWSER_FAILED",
  "VARIANT_DIED_AT_START",
  "LAB_PORT",
]);

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) print(LESSON_HELP);
  else if (options.lesson === undefined) await printList();
  else await runOne(options.lesson, options);
} catch (error) {
  if (!ending.hasBegun()) explain(error);
}

function explain(error: unknown): void {
  if (!(error instanceof Error && "code" in error && MISTAKES.has(String(error.code)))) throw error;
  remark(error.message);
  process.exitCode = 1;
}

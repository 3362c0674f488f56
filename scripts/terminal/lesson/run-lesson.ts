// Runs one lesson: live in a terminal, printed once, or as one JSON document.
// What takes time to load is loaded while the first variant starts: hence the imports further down.
import { ArgumentsError } from "../../command/arguments.ts";
import type { Suite } from "../../lab/exercises/checker.ts";
import type { Lab, LabOptions } from "../../lab/lab.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Lesson } from "../../model/lesson.ts";
import { OWN, ownAttempt } from "../../model/own-attempt.ts";
import type { Score } from "../../model/schema-pieces.ts";
import type { Switches } from "../../model/switches.ts";
import type { Client } from "../../model/vocabulary.ts";
import type { Cell } from "../../lab/lessons/run.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { pauseProcess } from "../../command/ending.ts";
import { describeCrash } from "../../lab/servers/crash.ts";
import { applySwitches, type LessonOptions } from "./lesson-options.ts";
import type { LiveParts, ReadLesson } from "./live-parts.ts";
import type { Paper } from "./once.ts";
import type { ExerciseBeside } from "../exercise/beside-lesson.ts";
import { isDumb } from "../paint.ts";
import type { ScreenEvents } from "../screen.ts";

interface LessonRunner {
  /** @throws an error whose code says that it is a mistake of the person who typed, or of what they wrote */
  run(typed: string, options: LessonOptions): Promise<void>;
  /** Stops everything that was started. */
  stop(): Promise<void>;
}

interface Chosen {
  lesson: Lesson;
  /** Where there is no screen to flip it on, the own attempt runs if a flag asks for it. */
  attempts: readonly Attempt[];
  switches: Switches;
  clients: readonly Client[];
}

const noPage = (flag: string): string =>
  `${flag} goes with a lesson that stays open in a terminal; npm run sandbox serves the page alone.`;
const NOBODY_ANSWERS = "--predict asks in a terminal, in a lesson that stays open there.";
const nodeName = `Node ${process.versions.node}`;

/**
 * For one lesson.
 * @param loadSuite what judges an exercise
 */
export function createLessonRunner(whole: Paper, loadSuite: () => Promise<Suite>): LessonRunner {
  let isStopped = false;
  // Attempts that were under way end after Ctrl-C, and nobody waits for them any more.
  const paper: Paper = {
    ...whole,
    print: (line) => {
      if (!isStopped) whole.print(line);
    },
  };
  /** The message about a server that has crashed, until a screen shows it. */
  let tellOfCrash = (message: string): void => {
    process.exitCode = 1;
    paper.remark(message);
  };
  let opened: Promise<Lab | Sandbox> | undefined;
  /** Messages from before there was a screen to show them on. */
  const remarks: string[] = [];
  let showAddress: (() => void) | undefined;
  let exercise: ExerciseBeside | undefined;

  /** A mistake of ours in the page's part: the lesson goes on. */
  function tellOfMistake(error: unknown): void {
    tellOfCrash(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  function openWithoutPage(start: LabOptions): Promise<Lab> {
    const opening = import("../../lab/lab.ts").then(({ openLab }) => openLab(start));
    opened = opening;
    return opening;
  }

  function openWithPage(start: LabOptions, publicOrigin: string | undefined): Promise<Sandbox> {
    const opening = import("../../sandbox/reopen.ts").then(({ reopenSandbox }) =>
      reopenSandbox({
        ...start,
        publicOrigin,
        loadSuite,
        onMistake: tellOfMistake,
        onRemark: (sentence) => remarks.push(sentence),
        onAddressUsed: () => showAddress?.(),
      }),
    );
    opened = opening;
    return opening;
  }

  async function stop(): Promise<void> {
    isStopped = true;
    tellOfCrash = () => undefined;
    await exercise?.close();
    await (await opened)?.close();
  }

  async function stayOpen(
    opening: Promise<Sandbox>,
    { lesson, switches, clients }: Chosen,
    { open, predict }: LessonOptions,
  ): Promise<void> {
    const [{ Live }, { openInBrowser }, { openScreen }, { readForLive }, sandbox] =
      await Promise.all([
        import("./live.ts"),
        import("../browser-window.ts"),
        import("../screen.ts"),
        import("./find-lesson.ts"),
        opening,
      ]);
    const readLesson = async (number: number): Promise<ReadLesson> => ({
      ...(await readForLive(number)),
      predicts: predict,
    });
    // A run is noted even if the person quits as soon as it has ended.
    let noting: ReturnType<typeof noteRun> | undefined;
    const shared = {
      paint: paper.paint,
      openScreen: (events: ScreenEvents) => openScreen(process.stdin, process.stdout, events),
      pause: pauseProcess,
    };
    const openExercise: LiveParts["openExercise"] = async (number, variant) => {
      // Few open it.
      const [{ exerciseBeside }, { pageOpener }] = await Promise.all([
        import("../exercise/beside-lesson.ts"),
        import("../exercise/page-opener.ts"),
      ]);
      const openPage = pageOpener(async () => sandbox);
      exercise = exerciseBeside({ ...shared, openPage }, loadSuite);
      return exercise.open(number, variant);
    };
    const parts = {
      ...shared,
      sandbox,
      openInBrowser,
      clients,
      nodeName,
      readLesson,
      openExercise,
      onFinished: (...run: Parameters<typeof noteRun>) => (noting = noteRun(...run)),
    };
    const live = new Live(parts, await readLesson(lesson.number), switches);
    tellOfCrash = (message) => live.fail(message);
    showAddress = () => live.showAddress();
    if (remarks.length > 0) live.say(remarks.join(" "));
    if (open) await live.openPage();
    await live.ended;
    await noting;
  }

  return {
    async run(typed, options) {
      const isTerminal = process.stdin.isTTY && process.stdout.isTTY && !isDumb();
      const isLive = isTerminal && !options.once && !options.json;
      const { publicOrigin } = options;
      if (options.open && !isLive) throw new ArgumentsError(noPage("--open"));
      if (publicOrigin !== undefined && !isLive)
        throw new ArgumentsError(noPage("--public-origin"));
      if (options.predict && !isLive) throw new ArgumentsError(NOBODY_ANSWERS);
      const { findLesson } = await import("./find-lesson.ts");
      const lesson = await findLesson(typed);
      const switches = applySwitches(lesson, options.switches);
      const { clients } = options;
      const { firstServer } = await import("../../lab/lessons/choice.ts");
      const start: LabOptions = {
        first: firstServer(lesson, switches),
        clients,
        onCrash: (crash) => tellOfCrash(describeCrash(crash)),
      };
      const own = options.switches.token === undefined ? [] : [ownAttempt(switches)];
      const chosen = { lesson, attempts: [...lesson.attempts, ...own], switches, clients };
      try {
        if (isLive) await stayOpen(openWithPage(start, publicOrigin), chosen, options);
        else if (options.json) await writeJson(openWithoutPage(start), chosen, paper);
        else await printOnce(openWithoutPage(start), chosen, paper);
      } finally {
        await stop();
      }
      // An attempt that was under way when the person quit would keep the process until its time is over.
      // oxlint-disable-next-line unicorn/no-process-exit -- everything that was started is stopped
      if (isLive) process.stdout.write("", () => process.exit());
    },
    stop,
  };
}

async function printOnce(opening: Promise<Lab>, chosen: Chosen, paper: Paper): Promise<void> {
  const { printHead, printRun } = await import("./once.ts");
  await printHead(chosen.lesson, chosen.switches, paper);
  const cells = await printRun({ lab: await opening, ...chosen, nodeName }, paper);
  failOnSurprise(cells);
  // Only what a person saw counts as done.
  const problem = process.stdout.isTTY ? await noteRun(chosen.lesson.slug, cells) : undefined;
  if (problem !== undefined) paper.remark(problem);
}

async function writeJson(opening: Promise<Lab>, chosen: Chosen, paper: Paper): Promise<void> {
  const { printJson } = await import("./once.ts");
  failOnSurprise(await printJson({ lab: await opening, ...chosen, nodeName }, paper));
}

function failOnSurprise(cells: readonly Cell[]): void {
  const verdicts = cells.map(({ verdict }) => verdict);
  const isNothingSeen = verdicts.every((each) => each === "no browser");
  if (isNothingSeen || verdicts.includes("surprise") || verdicts.includes("too busy"))
    process.exitCode = 1;
}

/**
 * A run that the lesson says nothing about, or that says nothing itself, neither does a lesson nor undoes it.
 * @returns one sentence if it cannot be noted: it was seen all the same
 */
async function noteRun(
  slug: string,
  all: readonly Cell[],
  predicted?: Score,
): Promise<string | undefined> {
  const cells = all.filter(({ attempt }) => attempt.id !== OWN);
  if (cells.some(({ verdict }) => verdict === "no expectation" || verdict === "too busy"))
    return undefined;
  const [{ noteProgress }, { StorageError }] = await Promise.all([
    import("../../lab/lessons/progress.ts"),
    import("../../lab/stored-file.ts"),
  ]);
  try {
    const score = predicted && { right: predicted.right, of: predicted.of };
    await noteProgress(slug, { ranAt: Math.floor(Date.now() / 1000), ...(score && { score }) });
  } catch (error) {
    if (error instanceof StorageError) return error.message;
    throw error;
  }
  return undefined;
}

// `npm run exercise`: the list of exercises, or one of them, checked.
import { endInGoodOrder, pauseProcess } from "./command/ending.ts";
import { runCommand } from "./command/run-command.ts";
import type { Suite } from "./lab/exercises/checker.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import type { Paper } from "./terminal/lesson/once.ts";
import {
  EXERCISE_HELP,
  formatFor,
  readExerciseOptions,
} from "./terminal/exercise/exercise-options.ts";
import type { LiveParts } from "./terminal/exercise/live-parts.ts";
import { isDumb, lookOf } from "./terminal/paint.ts";

const paper: Paper = {
  print: (line) => console.log(line),
  remark: (line) => console.error(line),
  ...lookOf(),
};

async function printList(): Promise<void> {
  const { readExercises } = await import("./lab/exercises/files.ts");
  const { readSolved } = await import("./lab/exercises/solved.ts");
  const { renderExercises } = await import("./terminal/exercise/exercise-list.ts");
  const [found, { solvedIn, problem }] = await Promise.all([readExercises(), readSolved()]);
  const exercises = found.map(({ exercise }) => exercise);
  for (const line of renderExercises(exercises, solvedIn, paper.paint)) paper.print(line);
  if (problem !== undefined) paper.remark(problem);
}

async function loadSuite(): Promise<Suite> {
  return (await import("./conformance/exercise-suite.ts")).EXERCISE_SUITE;
}

async function openSandbox(say: (sentence: string) => void): Promise<Sandbox> {
  const { reopenSandbox } = await import("./sandbox/reopen.ts");
  return reopenSandbox({ loadSuite, onMistake: (error) => say(String(error)), onRemark: say });
}

async function stayOpen(parts: Pick<LiveParts, "found" | "suite" | "variant">): Promise<void> {
  const [{ LiveExercise }, { pageOpener }, { openScreen }] = await Promise.all([
    import("./terminal/exercise/live.ts"),
    import("./terminal/exercise/page-opener.ts"),
    import("./terminal/screen.ts"),
  ]);
  let sandbox: ReturnType<typeof openSandbox> | undefined;
  const live = new LiveExercise({
    ...parts,
    openPage: pageOpener(() => (sandbox ??= openSandbox((sentence) => live.say(sentence)))),
    paint: paper.paint,
    openScreen: (events) => openScreen(process.stdin, process.stdout, events),
    pause: pauseProcess,
  });
  stop = async () => {
    await Promise.all([live.close(), sandbox?.then((opened) => opened.close())]);
  };
  await live.ended;
  await stop();
  // All that was started is stopped; nobody waits for what a person's server has left open.
  // oxlint-disable-next-line unicorn/no-process-exit -- the person has quit
  process.exit();
}

let stop = (): Promise<void> => Promise.resolve();
const ending = endInGoodOrder(() => stop());
await runCommand(async () => {
  const options = readExerciseOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(EXERCISE_HELP);
  if (options.exercise === undefined) return printList();
  const [{ readExercise }, suite, { runOnce }] = await Promise.all([
    import("./lab/exercises/files.ts"),
    loadSuite(),
    import("./terminal/exercise/once.ts"),
  ]);
  const found = await readExercise(options.exercise);
  const variant = formatFor(found.exercise, options.format);
  const parts = { ...options, found, variant, suite };
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && !isDumb();
  if (options.once === undefined && isTerminal) return stayOpen(parts);
  process.exitCode = await runOnce(
    { ...parts, onOpen: (opened) => (stop = () => opened.close()) },
    paper,
  );
}, ending);

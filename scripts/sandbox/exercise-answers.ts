// The answers to a page that has an exercise open.
import path from "node:path";
import { placeBeside } from "../lab/exercises/beside.ts";
import { EditError } from "../lab/exercises/edited-file.ts";
import { editedFiles } from "../lab/exercises/working-copy.ts";
import { ROOT } from "../lab/servers/variants.ts";
import { maskValue } from "../lab/wire/masking.ts";
import type { Check } from "../model/exercise.ts";
import type { ExerciseNews, ExerciseView, RowDetails, ShownFile } from "../model/protocol.ts";
import type { Calls } from "./answers.ts";
import type { OpenExercise, Seat } from "./exercise-desk.ts";
import { renderPart } from "./lesson-html.ts";
import { RequestError } from "./requests.ts";

const MOST_VERSIONS = 50;

type ExerciseCalls = Pick<
  Calls,
  | "openExercise"
  | "leaveExercise"
  | "saveFile"
  | "checkExercise"
  | "exerciseRow"
  | "compareExercise"
  | "resetExercise"
  | "exerciseVersions"
  | "restoreExercise"
>;

export function exerciseAnswers(seat: Seat): ExerciseCalls {
  return {
    async openExercise(place) {
      const { opened, isShared } = await seat.open(place);
      return viewOf(opened, isShared);
    },
    leaveExercise: async () => seat.leave(),
    saveFile: async (place, file) => (await seat.find(place)).session.save(file),
    checkExercise: async (place) => (await seat.find(place)).session.run(),
    async exerciseRow(place, id) {
      const { check } = await seat.find(place);
      const rows = [...(check?.rows ?? []), ...(check?.suite?.failed ?? [])];
      const row = rows.find((each) => each.id === id);
      if (row === undefined) throw new RequestError(`The last check has no row "${id}".`);
      const { cell, sent } = row;
      return maskValue({ ...(cell && { cell }), ...(sent && { sent }) }) as RowDetails;
    },
    async compareExercise(place, mine, beside) {
      const { exercise, session } = await seat.find(place);
      await session.read(mine.name);
      return placeBeside({ exercise, variant: place.variant }, mine, beside);
    },
    resetExercise: async (place) => (await seat.find(place)).session.reset(),
    async exerciseVersions(place) {
      const versions = await (await seat.find(place)).session.versions(MOST_VERSIONS);
      return { storedAt: versions.map(({ storedAt }) => storedAt) };
    },
    async restoreExercise(place, storedAt) {
      const { session } = await seat.find(place);
      const versions = await session.versions(MOST_VERSIONS);
      const version = versions.find((each) => each.storedAt === storedAt);
      if (version === undefined) throw new RequestError(`There is no version of ${storedAt}.`);
      await session.restore(version);
    },
  };
}

async function viewOf(opened: OpenExercise, isShared: boolean): Promise<ExerciseView> {
  const { exercise, session, check } = opened;
  const { title, lesson, task, hints, rowHints, solved } = exercise;
  return {
    title,
    lesson,
    folder: path.relative(ROOT, session.folder).replaceAll(path.sep, "/"),
    task: renderPart(task, lesson),
    hints: hints.map((hint) => renderPart(hint, lesson)),
    rowHints: Object.fromEntries([...rowHints].map(([id, hint]) => [id, renderPart(hint, lesson)])),
    solved: renderPart(solved, lesson),
    files: await readShown(opened),
    check: check && withoutTraces(check),
    notice: isShared
      ? "Another tab has this exercise open, too: each save counts in both."
      : undefined,
  };
}

/** The files of the exercise, as they are now. */
export async function readShown({ exercise, place, session }: OpenExercise): Promise<ShownFile[]> {
  return Promise.all(
    editedFiles(exercise, place.variant).map((name) =>
      session.read(name).catch((error: unknown) => {
        if (error instanceof EditError) return { name, problem: error.message };
        throw error;
      }),
    ),
  );
}

/** News as they are sent: a trace is long, and few of them are looked at. */
export function shortNews({ check, ...news }: Omit<ExerciseNews, "place">): typeof news {
  return { ...news, ...(check && { check: withoutTraces(check) }) };
}

function short(rows: Check["rows"]): Check["rows"] {
  return rows.map(({ cell: _cell, sent: _sent, ...row }) => row);
}

function withoutTraces(check: Check): Check {
  const shown = {
    ...check,
    rows: short(check.rows),
    ...(check.suite && { suite: { ...check.suite, failed: short(check.suite.failed) } }),
  };
  return maskValue(shown) as Check;
}

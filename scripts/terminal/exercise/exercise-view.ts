// Draws an open exercise on a screen of a given size.
import path from "node:path";
import type { Check, Exercise } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { renderMarkdown } from "../markdown.ts";
import type { Paint } from "../paint.ts";
import { cut, fill, flow, wrap } from "../text.ts";
import { type CheckEntry, describeCheck } from "./check-words.ts";
import { KEYS } from "./exercise-shortcuts.ts";

/** What is shown in the place of the rows. */
export type Panel = (width: number, paint: Paint) => string[];

export interface ExerciseState {
  exercise: Exercise;
  variant: Variant;
  /** The files to edit, from the root. */
  files: readonly string[];
  /** Undefined until the first one begins. */
  check: Check | undefined;
  panel: Panel | undefined;
  /** Which of the rows, from 0. */
  chosen: number;
  scroll: number;
  /** One sentence about the last key, or a question to be answered with y. */
  notice: string;
}

/** The lines of the screen, and how far it is scrolled in fact. */
export function drawExercise(
  state: ExerciseState,
  { width, height }: { width: number; height: number },
  paint: Paint,
): { lines: string[]; scroll: number } {
  const { exercise, variant, files, notice } = state;
  const title = `Exercise ${exercise.id}: ${exercise.title} (${variant})`;
  const edit = files.map((file) => `Edit ${path.normalize(file)}`);
  const top = [paint("strong", cut(title, width)), ...edit.map((line) => cut(line, width)), ""];
  const keys = flow(
    KEYS.map(({ key, does }) => `${paint("accent", key)} ${does}`),
    "  ",
    width,
  );
  const bottom = ["", ...(notice === "" ? [] : wrap(paint("surprise", notice), width)), ...keys];
  const room = Math.max(1, height - top.length - bottom.length);
  const { body, from } = drawBody(state, width, room, paint);
  const scroll = Math.max(0, Math.min(from, body.length - room));
  const shown = fill(body.slice(scroll, scroll + room), room);
  return { lines: [...top, ...shown, ...bottom].slice(-height), scroll };
}

interface Body {
  body: string[];
  /** The first line that is to be seen. */
  from: number;
}

function drawBody(state: ExerciseState, width: number, room: number, paint: Paint): Body {
  const { panel, scroll, exercise } = state;
  if (panel !== undefined) return { body: panel(width, paint), from: scroll };
  const task = [...renderMarkdown(exercise.task, width, paint), ""];
  const { body: rows, from } = drawRows(state, width, room, paint);
  // Where both have room, one sees the task as well.
  if (task.length + rows.length > room) return { body: rows, from };
  return { body: [...task, ...rows], from: 0 };
}

/** The chosen row is among those that one sees. */
function drawRows(state: ExerciseState, width: number, room: number, paint: Paint): Body {
  const { check, chosen, exercise } = state;
  if (check === undefined) return { body: [paint("quiet", "· starts …")], from: 0 };
  const entries = describeCheck(check, width, paint);
  const rows = entries.filter(({ row }) => row !== undefined);
  const marked = chosen < 0 ? undefined : rows[chosen];
  const before = entries.slice(0, marked ? entries.indexOf(marked) : 0);
  const at = before.reduce((sum, { lines }) => sum + lines.length, 0);
  const body = entries.flatMap((entry) => (entry === marked ? mark(entry, paint) : entry.lines));
  const solved = check.isSolved ? ["", ...renderMarkdown(exercise.solved, width, paint)] : [];
  const from = check.isSolved && chosen < 0 ? body.length : at - Math.floor(room / 2);
  return { body: [...body, ...solved], from };
}

function mark({ lines: [first = "", ...others] }: CheckEntry, paint: Paint): string[] {
  return [paint("chosen", first), ...others];
}

/** All keys, in words. */
export const helpPanel: Panel = (width, paint) =>
  KEYS.flatMap(({ key, meaning }) =>
    wrap(meaning, width - 6).map(
      (line, at) => paint("accent", at === 0 ? key.padEnd(6) : "      ") + line,
    ),
  );

/** The hints that the person opened. @param fitting the one that fits what fails, if there is one */
export function hintPanel({ hints }: Exercise, fitting: string | undefined, count: number): Panel {
  const first = fitting === undefined ? [] : [fitting, ""];
  const shown = hints.slice(0, count).map((hint, at) => `${at + 1}. ${hint}`);
  const more = count < hints.length ? "h: the next" : "This was the last.";
  const text = [...first, ...shown].join("\n");
  return (width, paint) => [...renderMarkdown(text, width, paint), "", more];
}

// Lesson 3 as it is opened in a terminal, and keys that are pressed there.
import type { Lesson } from "../scripts/model/lesson.ts";
import { readLessons } from "../scripts/lab/lessons/files.ts";
import { type Effect, type Key, pressKey } from "../scripts/terminal/lesson/shortcuts.ts";
import { openSession, type Session } from "../scripts/terminal/lesson/session.ts";

export const lessons = await readLessons();
export const websocketOnly = lessons.find(({ slug }) => slug === "websocket-only")!;
const columns = [
  { client: "browser", name: "Chrome 147" },
  { client: "node", name: "Node 20.20.2" },
] as const;

export function open(lesson: Lesson = websocketOnly): Session {
  return openSession({
    lesson,
    columns,
    numbers: lessons.map(({ number }) => number),
    hasExercise: true,
    words: "# Words\n\nSome words.",
    page: "http://127.0.0.1:23456/lesson/3#key=K",
  });
}

export function press(
  session: Session,
  ...keys: (string | Key)[]
): { session: Session; effects: Effect[] } {
  const effects: Effect[] = [];
  for (const key of keys) {
    const step = pressKey(
      session,
      typeof key === "string" ? { sequence: key, name: key.toLowerCase() } : key,
    );
    session = step.session;
    if (step.effect !== undefined) effects.push(step.effect);
  }
  return { session, effects };
}

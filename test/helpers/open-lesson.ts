// Lesson 3 as it is opened in a terminal, keys that are pressed there, and what is drawn.
import type { Cell } from "../../scripts/lab/lessons/run.ts";
import type { Lesson } from "../../scripts/model/lesson.ts";
import { paintNothing } from "../../scripts/terminal/paint.ts";
import { renderSession } from "../../scripts/terminal/lesson/session-view.ts";
import { trace } from "./drawn-lines.ts";
import { readLessons } from "../../scripts/lab/lessons/files.ts";
import { type Effect, type Key, pressKey } from "../../scripts/terminal/lesson/shortcuts.ts";
import { openSession, type Session } from "../../scripts/terminal/lesson/session.ts";

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

/** The first row by Node, with that verdict. */
export function cellOf(session: Session, verdict: Cell["verdict"]): Cell {
  const attempt = session.lesson.attempts[0]!;
  const outcome = [{ do: "connect", result: "unanswered", durationMs: 5 } as const];
  const differences =
    verdict === "surprise" ? [{ field: "result", expected: "connected", seen: "unanswered" }] : [];
  return { attempt, client: "node", server: "cjs", outcome, trace, verdict, differences };
}

/** On a screen of 80 × 24. */
export function screenOf(session: Session): string {
  return renderSession(session, { width: 80, height: 24 }, 1000, paintNothing).lines.join("\n");
}

// Draws what can stand beside the matrix or in its place: a question, a trace, code, the words of the lesson, help.
import { codeOf } from "../../model/words/acts.ts";
import { renderCell } from "./cell-words.ts";
import { linesOfCode } from "./code-lines.ts";
import { KEYS } from "./shortcuts.ts";
import { renderMarkdown, renderTerms } from "../markdown.ts";
import { MISSED } from "./matrix.ts";
import { VERDICT_LEGEND } from "./outcome-words.ts";
import type { Paint } from "../paint.ts";
import { askedIn, chosenCell, isChosenRunning, type Session } from "./session.ts";
import { flow, pad, READING_WIDTH, wrap, wrapCode } from "../text.ts";

/** All lines of the panel; where the matrix has the screen for itself, the panel beside it is the trace. */
export function renderPanel(session: Session, width: number, paint: Paint): string[] {
  switch (session.panel) {
    case "matrix":
    case "trace":
      return renderTracePanel(session, width, paint);
    case "code":
      return renderCode(session, width, paint);
    case "words":
      return [
        ...renderMarkdown(session.words, width, paint),
        "",
        ...renderTerms(session.words, width, paint),
      ];
    case "help":
      return renderHelp(session, width, paint);
  }
}

function renderTracePanel(session: Session, width: number, paint: Paint): string[] {
  // What an earlier run left in the cell belongs to other switches.
  if (isChosenRunning(session)) return [paint("quiet", "… running")];
  const cell = chosenCell(session);
  if (cell === undefined)
    return [paint("quiet", session.isRunning ? "… running" : "Nothing was seen.")];
  const title = wrap(paint("strong", `${cell.attempt.title}, ${cell.client}`), width);
  return [...title, ...renderCell(cell, session, width, paint)];
}

function renderCode({ code, lesson, part }: Session, width: number, paint: Paint): string[] {
  if (code === undefined) return [paint("quiet", "…")];
  const place = `${part + 1} of ${lesson.code.length}, c: the next`;
  const title = [paint("strong", code.title), ...(lesson.code.length > 1 ? [place] : [])];
  const lines = linesOfCode(code.source, width).map(({ text, isComment }) =>
    isComment ? paint("quiet", text) : text,
  );
  return [...flow(title, "   ", width), "", ...lines];
}

/** The question that is asked, whole; with the client's code and blank lines as far as there is room. */
export function renderQuestion(
  session: Session,
  { width, height }: { width: number; height: number },
  paint: Paint,
): string[] {
  const { title, acts, question } = askedIn(session)!;
  const said = session.said[askedIn(session)!.id];
  const room = Math.min(width, READING_WIDTH);
  const answers = Object.keys(question.answers).flatMap((answer, index) =>
    wrap(answer + (answer === said ? " (your answer)" : ""), room - ANSWER_WIDTH).map(
      (line, at) =>
        paint("accent", pad(at === 0 ? ` ${index + 1}` : "", ANSWER_WIDTH)) +
        (answer === said ? paint("chosen", line) : line),
    ),
  );
  const heading = wrap(paint("strong", title), room);
  const asked = [...wrap(question.ask, room), ...answers];
  const code = codeOf(acts)
    .split("\n")
    .flatMap((line) => wrapCode(line, width))
    .map((line) => paint("quiet", line));
  const fitting = [
    ["", ...heading, "", ...code, "", ...asked],
    [...heading, ...code, ...asked],
    ["", ...heading, "", ...asked],
  ].find((lines) => lines.length <= height);
  return fitting ?? [...heading, ...asked];
}

const ANSWER_WIDTH = 4;

const KEY_WIDTH = 6;

function renderHelp({ lesson }: Session, width: number, paint: Paint): string[] {
  const keys = KEYS.flatMap(({ key, meaning }) =>
    wrap(meaning, width - KEY_WIDTH).map(
      (line, index) => paint("accent", pad(index === 0 ? key : "", KEY_WIDTH)) + line,
    ),
  );
  const scrolling =
    "In a trace, in code and in the words: ↑ ↓, Page up and down, Space. Esc leads back.";
  const signs = `In a cell: ${VERDICT_LEGEND}   In a row: ${MISSED} you predicted otherwise`;
  const predicting = `npm run lesson ${lesson.number} -- --predict asks before it runs.`;
  return [...keys, "", ...[scrolling, signs, predicting].flatMap((text) => wrap(text, width))];
}

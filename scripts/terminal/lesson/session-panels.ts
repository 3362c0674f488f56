// Draws what can stand beside the matrix or in its place: a trace, code, the words of the lesson, help.
import { renderCell } from "./cell-words.ts";
import { linesOfCode } from "./code-lines.ts";
import { KEYS } from "./keys.ts";
import { renderMarkdown, renderTerms } from "../markdown.ts";
import { VERDICT_LEGEND } from "./outcome-words.ts";
import type { Paint } from "../paint.ts";
import { chosenCell, isChosenRunning, type Session } from "./session.ts";
import { flow, pad, wrap } from "../text.ts";

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
      return renderHelp(width, paint);
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

const KEY_WIDTH = 6;

function renderHelp(width: number, paint: Paint): string[] {
  const keys = KEYS.flatMap(({ key, meaning }) =>
    wrap(meaning, width - KEY_WIDTH).map(
      (line, index) => paint("accent", pad(index === 0 ? key : "", KEY_WIDTH)) + line,
    ),
  );
  const scrolling =
    "In a trace, in code and in the words: ↑ ↓, Page up and down, Space. Esc leads back.";
  return [...keys, "", ...wrap(scrolling, width), ...wrap(`In a cell: ${VERDICT_LEGEND}`, width)];
}

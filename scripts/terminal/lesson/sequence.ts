// Draws a trace as a sequence: the client on the left, the server on the right, and between them what went over the wire.
import type { Decision, Step, Trace } from "../../model/trace.ts";
import { foldSteps, NO_FOLD_OPEN, type OpenFolds, type Slot } from "../../model/words/fold.ts";
import { printable } from "../../model/words/printable.ts";
import { readPurpose } from "../../model/words/purpose.ts";
import { lanesOf, routineWords } from "../../model/words/routine.ts";
import { type Line, type SideNames, stepWords, type StepWords } from "../../model/words/step.ts";
import { tokenFacts } from "../../model/words/token.ts";
import type { Meaning, Paint } from "../paint.ts";
import { cut, flow, pad, padLeft, printableValue, widthOf, wrap } from "../text.ts";

/** Wider arrows say nothing more. */
const WIDEST = 110;
const TIME_WIDTH = 7;
const CONNECTION_WIDTH = 3;
const SIDE_MARGIN = 3;

const HTTP = "─";
const WEBSOCKET = "═";
const LEGEND = [
  `${HTTP} HTTP`,
  `${WEBSOCKET} websocket frame`,
  "◆ check",
  "╳ cut",
  "# TCP connection",
];

interface Drawing {
  names: SideNames;
  inner: number;
  paint: Paint;
}

/**
 * The whole trace, no line wider than `size`.
 * @param open "all": every step has lines of its own, also where runs of routine would fold into one
 */
export function renderTrace(
  trace: Trace,
  names: SideNames,
  size: number,
  paint: Paint,
  open: OpenFolds = NO_FOLD_OPEN,
): string[] {
  const width = Math.min(size, WIDEST);
  const inner = width - TIME_WIDTH - CONNECTION_WIDTH - 2;
  const margin = " ".repeat(TIME_WIDTH + CONNECTION_WIDTH);
  const { steps, droppedSteps: dropped = 0, omittedSteps: omitted = 0 } = trace;
  const drawing = { names, inner, paint };
  const { names: tabs, lanes } = lanesOf(steps);
  return [
    drawHead(names, inner, paint),
    ...(dropped > 0 ? [`${margin}│ ${dropped} earlier steps …`] : []),
    ...worthDrawing(steps, open).flatMap(({ steps: own, fold }) => {
      const first = steps[own[0]!]!;
      const lines = fold
        ? drawFold(routineWords(steps, own), drawing)
        : drawStep(first, tabs[lanes[own[0]!]!], drawing);
      return lines.map((line, index) => drawMargin(first, index === 0, paint) + line);
    }),
    ...(steps.length === 0 ? [`${margin} Nothing went over the wire.`] : []),
    ...(omitted > 0 ? [`${margin}│ … and ${omitted} further steps.`] : []),
    ...[...describeEnds(trace, inner), ...flow(LEGEND, "   ", inner)].map((line) =>
      paint("quiet", margin + line),
    ),
  ];
}

/** Whether there is routine in it that folds. */
export function hasFolds({ steps }: Trace): boolean {
  return worthDrawing(steps, NO_FOLD_OPEN).some(({ fold }) => fold !== undefined);
}

/** Each HTTP request may have a connection of its own; a line below says for all together that they end. */
function worthDrawing(steps: readonly Step[], open: OpenFolds): Slot[] {
  return foldSteps(steps, open).filter((slot) => slot.steps.some((at) => !isCleanEnd(steps[at]!)));
}

function isCleanEnd(step: Step): boolean {
  return step.kind === "closed" && !step.isCut;
}

function describeEnds({ steps }: Trace, inner: number): string[] {
  const ended = steps.flatMap((step) => (isCleanEnd(step) ? [step.connection] : []));
  return ended.length === 0 ? [] : wrap(`closed cleanly: # ${ended.join(", ")}`, inner);
}

function drawHead({ client, server }: SideNames, inner: number, paint: Paint): string {
  const names = cut(client, Math.floor(inner / 2));
  const right = padLeft(cut(server, inner - widthOf(names)), inner + 2 - widthOf(names));
  return paint("quiet", `${padLeft("ms", TIME_WIDTH - 1)}  # `) + paint("strong", names + right);
}

function drawMargin(step: Step, isFirst: boolean, paint: Paint): string {
  // When a check was made, nothing on the wire shows.
  const isSeen = isFirst && step.kind !== "check";
  const time = isSeen ? padLeft(step.atMs.toFixed(1), TIME_WIDTH - 1) : "";
  const connection = isSeen ? String(step.connection) : "";
  return paint("quiet", pad(time, TIME_WIDTH) + padLeft(connection, CONNECTION_WIDTH - 1)) + " ";
}

function drawFold(words: string, { inner, paint }: Drawing): string[] {
  return wrap(`▸ ${words}`, inner).flatMap((line) => between(pad(line, inner), paint, "quiet"));
}

/** The lines between and with the two lanes. @param tab which of several sessions the step belongs to */
function drawStep(step: Step, tab: string | undefined, drawing: Drawing): string[] {
  const { names, inner, paint } = drawing;
  const untold = stepWords(step, names);
  const words = { ...untold, title: tab === undefined ? untold.title : `${tab}: ${untold.title}` };
  if (step.kind === "closed") return between(drawCut(step, words.title, inner), paint, "bad");
  if (step.kind !== "check") return drawArrow(step, words, drawing);
  const [what, ...why] = words.content.map(({ text }) => text);
  return [`◆ ${words.title}: ${what}`, ...why].flatMap((line) =>
    between(`${padLeft(cut(line, inner - 1), inner - 1)} `, paint, MEANINGS[step.decision]),
  );
}

const MEANINGS: Record<Decision, Meaning> = { accepted: "good", refused: "bad", open: "accent" };

function between(text: string, paint: Paint, meaning: Meaning): string[] {
  const lane = paint("quiet", "│");
  return [lane + paint(meaning, text) + lane];
}

function drawCut({ from }: Step, title: string, inner: number): string {
  const words = `╳ ${title} ╳`;
  const [near, far] = [HTTP, HTTP.repeat(Math.max(1, inner - widthOf(words) - 3))];
  return from === "client" ? `${near} ${words} ${far}` : `${far} ${words} ${near}`;
}

// --- Arrows ---

function drawArrow(step: Step, words: StepWords, { inner, paint }: Drawing): string[] {
  const isFromClient = step.from === "client";
  const line = step.kind === "frame" ? WEBSOCKET : HTTP;
  const room = inner - 2 * SIDE_MARGIN - 2;
  const [first = "", ...rest] = wrap(words.title, room);
  const title = words.tone === "good" || words.tone === "bad" ? paint(words.tone, first) : first;
  const rule = line.repeat(Math.max(1, inner - widthOf(first) - 4));
  const arrow = isFromClient ? `${line} ${title} ${rule}▶` : `◀${rule} ${title} ${line}`;
  const lane = paint("quiet", "│");
  const below = [
    ...rest,
    ...linesBelow(step, words).flatMap((each) => keepShort(wrap(each, room))),
  ];
  return [
    lane + arrow + lane,
    ...below.map((text) => {
      const side = isFromClient ? pad(`  ${text}`, inner) : padLeft(`${text}  `, inner);
      return lane + paint("quiet", side) + lane;
    }),
  ];
}

/** There is no room beside the drawing for the details of a step, so what anybody can read in a token stands here. */
function linesBelow(step: Step, { credential, content }: StepWords): string[] {
  const query = step.kind === "request" ? readPurpose(step).query : "";
  return [
    ...(query === "" ? [] : [printable(query)]),
    ...[...(credential ? [credential] : []), ...content].flatMap(lineWords),
  ];
}

function lineWords({ text, token }: Line): string[] {
  if (token === undefined) return [text];
  const facts = tokenFacts(token);
  if (facts === undefined) return [`${text}, not a JWT`];
  if (token.place === "header") return [`${text} (${facts})`];
  return [
    `${text}, header ${printableValue(token.header)}`,
    `its claims ${printableValue(token.claims)}`,
  ];
}

const MOST_LINES_BELOW = 4;

function keepShort(lines: string[]): string[] {
  return lines.length <= MOST_LINES_BELOW
    ? lines
    : [
        ...lines.slice(0, MOST_LINES_BELOW - 1),
        `… ${lines.length - MOST_LINES_BELOW + 1} further lines`,
      ];
}

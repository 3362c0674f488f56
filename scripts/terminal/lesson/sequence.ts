// Draws a trace as a sequence: the client on the left, the server on the right, and between them what went over the wire.
import { checkedWords, DECISION_WORDS, verdictOf } from "../../model/check-verdict.ts";
import type { Step, Trace } from "../../model/trace.ts";
import type { Paint } from "../paint.ts";
import { describeFrame, describeRequest, describeResponse, type StepWords } from "./step-words.ts";
import { cut, pad, padLeft, widthOf, wrap } from "../text.ts";

/** The names above the two lanes. */
export interface Lanes {
  client: string;
  server: string;
}

/** Wider arrows say nothing more. */
const WIDEST = 110;
const TIME_WIDTH = 7;
const CONNECTION_WIDTH = 3;
const SIDE_MARGIN = 3;

const HTTP = "─";
const WEBSOCKET = "═";
const LEGEND = `${HTTP} HTTP   ${WEBSOCKET} websocket frame   ◆ check   ╳ cut   # TCP connection`;

/** The whole trace, no line wider than `width`. */
export function renderTrace(trace: Trace, lanes: Lanes, size: number, paint: Paint): string[] {
  const width = Math.min(size, WIDEST);
  const inner = width - TIME_WIDTH - CONNECTION_WIDTH - 2;
  const margin = " ".repeat(TIME_WIDTH + CONNECTION_WIDTH);
  const omitted = trace.omittedSteps ?? 0;
  return [
    drawHead(lanes, inner, paint),
    ...trace.steps.flatMap((step, at) =>
      isWorthALine(step)
        ? drawStep(trace.steps, at, { inner, paint }).map(
            (line, index) => drawMargin(step, index === 0, paint) + line,
          )
        : [],
    ),
    ...(trace.steps.length === 0 ? [`${margin} Nothing went over the wire.`] : []),
    ...(omitted > 0 ? [`${margin}│ … and ${omitted} further steps.`] : []),
    ...[...describeEnds(trace), LEGEND].map((line) => paint("quiet", margin + cut(line, inner))),
  ];
}

/** Each HTTP request may have a connection of its own; that such a one ends is said below, for all together. */
function isWorthALine(step: Step): boolean {
  return step.kind !== "closed" || step.isCut;
}

function describeEnds({ steps }: Trace): string[] {
  const ended = steps.flatMap((step) => (isWorthALine(step) ? [] : [step.connection]));
  return ended.length === 0 ? [] : [`ended in good order: # ${ended.join(", ")}`];
}

function drawHead({ client, server }: Lanes, inner: number, paint: Paint): string {
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

/** The lines between and with the two lanes. */
function drawStep(
  steps: readonly Step[],
  at: number,
  { inner, paint }: Omit<Drawing, "line">,
): string[] {
  const step = steps[at]!;
  switch (step.kind) {
    case "request":
      return drawArrow(step, describeRequest(step), { line: HTTP, inner, paint });
    case "response":
      return drawArrow(step, describeResponse(step), { line: HTTP, inner, paint });
    case "frame":
      return drawArrow(step, describeFrame(step), { line: WEBSOCKET, inner, paint });
    case "check": {
      const { decision, reason } = verdictOf(steps, at);
      const words = [
        `◆ ${DECISION_WORDS[decision]}: ${checkedWords(step)}`,
        ...(reason ? [`"${reason}"`] : []),
      ];
      return words.flatMap((line) =>
        between(`${padLeft(cut(line, inner - 1), inner - 1)} `, paint, TONES[decision]),
      );
    }
    case "closed":
      return between(drawCut(step.from, inner), paint, "bad");
  }
}

const TONES = { accepted: "good", refused: "bad", open: "accent" } as const;

function between(text: string, paint: Paint, meaning: "accent" | "good" | "bad"): string[] {
  const lane = paint("quiet", "│");
  return [lane + paint(meaning, text) + lane];
}

function drawCut(from: Step["from"], inner: number): string {
  const words = `╳ the ${from} cuts the connection ╳`;
  const [near, far] = [HTTP, HTTP.repeat(Math.max(1, inner - widthOf(words) - 3))];
  return from === "client" ? `${near} ${words} ${far}` : `${far} ${words} ${near}`;
}

// --- Arrows ---

interface Drawing {
  line: string;
  inner: number;
  paint: Paint;
}

function drawArrow(
  step: Exclude<Step, { kind: "check" | "closed" }>,
  { label, details }: StepWords,
  { line, inner, paint }: Drawing,
): string[] {
  const isFromClient = step.from === "client";
  const room = inner - 2 * SIDE_MARGIN - 2;
  const [first = "", ...rest] = wrap(label, room);
  const rule = line.repeat(Math.max(1, inner - widthOf(first) - 4));
  const arrow = isFromClient
    ? `${line} ${emphasize(step, first, paint)} ${rule}▶`
    : `◀${rule} ${emphasize(step, first, paint)} ${line}`;
  const lane = paint("quiet", "│");
  const below = [...rest, ...details.flatMap((detail) => keepShort(wrap(detail, room)))];
  return [
    lane + arrow + lane,
    ...below.map((text) => {
      const side = isFromClient ? pad(`  ${text}`, inner) : padLeft(`${text}  `, inner);
      return lane + paint("quiet", side) + lane;
    }),
  ];
}

function emphasize(step: Step, label: string, paint: Paint): string {
  if (step.kind !== "response") return label;
  return paint(step.status < 400 ? "good" : "bad", label);
}

const MOST_DETAIL_LINES = 4;

function keepShort(lines: string[]): string[] {
  return lines.length <= MOST_DETAIL_LINES
    ? lines
    : [
        ...lines.slice(0, MOST_DETAIL_LINES - 1),
        `… ${lines.length - MOST_DETAIL_LINES + 1} further lines`,
      ];
}

// One row of the diagram, laid out: what there is to draw, and where.
import type { SeenToken, Step } from "../../../scripts/model/trace.ts";
import type { Verdict } from "../../../scripts/model/check-verdict.ts";
import type { Line, Tone } from "./step-words.ts";

export interface PlacedText {
  x: number;
  /** Of the baseline. */
  y: number;
  /** `end`: the text ends at x. */
  anchor: "start" | "end";
  text: string;
  tone: Tone;
  isTitle: boolean;
  /** A mark before the text, which then leaves two columns for it. */
  mark: Line["mark"];
  token: SeenToken | undefined;
  /** Its width in columns of the font, the mark included. */
  columns: number;
}

export interface Arrow {
  from: number;
  to: number;
  kind: "http" | "websocket" | "closed" | "cut";
  tone: Tone;
}

export interface Row {
  /** The steps that it stands for; none where only the attempt beside it has one. */
  steps: number[];
  isFolded: boolean;
  kind: Step["kind"] | "fold" | "empty";
  y: number;
  height: number;
  /** The height of its arrow, or of its mark on the wire. */
  wireY: number;
  time: string;
  timeY: number;
  texts: PlacedText[];
  arrow: Arrow | undefined;
  /** The connection's number on the wire. */
  badge: { x: number; connection: number } | undefined;
  /** What a check decided, as a mark on the server's lane. */
  decision: Verdict["decision"] | undefined;
  /** Here two attempts part. */
  isParting: boolean;
  /** The row as one sentence; empty where it stands for nothing. */
  sentence: string;
}

// Colour for the terminal, by meaning. Colour never says anything that a word or a sign does not say as well.
import { styleText } from "node:util";

const STYLES = {
  strong: "bold",
  quiet: "dim",
  good: "green",
  bad: "red",
  surprise: "yellow",
  accent: "cyan",
  chosen: "inverse",
} as const;

/** What a piece of text means. */
export type Meaning = keyof typeof STYLES;

/** Gives a text its colour, or leaves it as it is. */
export type Paint = (meaning: Meaning, text: string) => string;

// Whether there shall be colours was decided by `choosePaint`; Node would look at standard output once more for each text.
export const paintColours: Paint = (meaning, text) =>
  styleText(STYLES[meaning], text, { validateStream: false });

export const paintNothing: Paint = (_meaning, text) => text;

/** Colours for a terminal, unless its user wants none. @see https://no-color.org */
export function choosePaint(
  stream: { isTTY?: boolean },
  env: Record<string, string | undefined>,
): Paint {
  return stream.isTTY && !env["NO_COLOR"] ? paintColours : paintNothing;
}

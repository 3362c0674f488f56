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

// `lookOf` has decided about colours; Node would look at standard output again for each text.
const paintColours: Paint = (meaning, text) =>
  styleText(STYLES[meaning], text, { validateStream: false });

export const paintNothing: Paint = (_meaning, text) => text;

/** Whether the terminal knows no control sequences, as a shell in an editor's window. */
export function isDumb(env: NodeJS.ProcessEnv = process.env): boolean {
  return env["TERM"] === "dumb";
}

/** How what is printed looks. */
export interface Look {
  /** In columns. */
  width: number;
  paint: Paint;
}

const USUAL_WIDTH = 80;

/**
 * How to print to a stream: as wide as it is, in colours for a terminal whose user wants some.
 * @see https://no-color.org
 */
export function lookOf(
  stream: { isTTY?: boolean; columns?: number } = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Look {
  const isColoured = stream.isTTY && !env["NO_COLOR"] && !isDumb(env);
  // A terminal that nobody looks at, as that of a CI runner, may have 0 columns.
  return { width: stream.columns || USUAL_WIDTH, paint: isColoured ? paintColours : paintNothing };
}

// Says of what kind a difference between the two ways of checking the header is.
import type { Row } from "./align.ts";

/** Each kind of difference, with one sentence for a person. */
export const MODE_KINDS = {
  file: "Each needs its own packages and exports its own function. The manual check needs only jsonwebtoken, which `tokens` imports.",
  strategy:
    "A strategy says once, in advance, where the token is, how to verify it and who its user is. By hand, each request calls functions that do so.",
  check:
    "Passport calls back with an error, with a user, or with the reason for having none. By hand, the check returns the user or throws.",
  refusal:
    "Both refuse alike: the reason goes to the log, and `bearer` answers the client. With Passport, more paths lead there.",
} as const;

type ModeKind = keyof typeof MODE_KINDS;

const HEADING = /^\s*\/\/ --- The (\w+) ---$/;
const REFUSAL = /refus|\blog\(|\bcatch\b|throws/;
// A closing bracket and the rest of a comment belong to what stands above them.
const REST = /^\s*(?:\/\/.*|[)\]};,]*)$/;

/** The kinds of the rows of `passport` beside `manual`; none where both are the same. */
export function findModeKinds(rows: readonly Row[]): ModeKind[][] {
  let section = "";
  let above: ModeKind | undefined;
  return rows.map((row) => {
    const lines = row.filter((line) => line !== undefined);
    for (const line of lines) section = HEADING.exec(line)?.[1] ?? section;
    const isSame = row.every((line) => line === row[0]);
    const isRest = section === "middleware" && lines.every((line) => REST.test(line));
    if (isSame) above = undefined;
    else if (!isRest || above === undefined) above = kindOf(lines, section);
    return above === undefined ? [] : [above];
  });
}

function kindOf(lines: string[], section: string): ModeKind {
  if (section === "" || lines.some((line) => /\bexports?\b/.test(line))) return "file";
  if (section === "strategy") return "strategy";
  return lines.some((line) => REFUSAL.test(line)) ? "refusal" : "check";
}

// Prints what failed: the rule, what was sent, expected and seen. Cases that failed in the very same way share one entry.
import type { Failure } from "../../test/conformance/run-case.ts";
import type { Paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/text.ts";
import type { CaseResult, Report } from "./run.ts";

export interface Look {
  paint: Paint;
  /** Columns of the terminal. */
  width: number;
  /** How many cases were not chosen because of --skip. */
  leftOut?: number;
  /** The server is none of this project. */
  isOther?: boolean;
}

/** The failures of one target, an empty line behind each. */
export function renderFailures(report: Report, look: Look): string[] {
  const { results } = report;
  const isCutShort = results.some(({ result }) => result === "not run");
  const last = isCutShort ? results.findLast(({ failure }) => failure?.isTargetDown) : undefined;
  return groupAlike(results).flatMap((group) => {
    const [first, ...others] = group;
    return [
      ...renderFailure(report.name, first, look),
      ...labelled("  alike", others.map(({ id }) => id).join(", "), look.width),
      ...labelled("  helps", first.remedy ?? "", look.width),
      ...renderEnd(group, last?.id).map((line) => look.paint("bad", `  ${line}`)),
      "",
    ];
  });
}

type Failed = CaseResult & { failure: Failure };
type Group = [Failed, ...Failed[]];

/** A server without a challenge fails a hundred cases with one sentence, and what one remedy helps is one fault. */
function groupAlike(results: readonly CaseResult[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { failure, ...rest } of results) {
    if (failure === undefined) continue;
    const { expected, seen, isTargetDown } = failure;
    // What ends a server in one way may end it in another.
    const alike = rest.remedy ?? (isTargetDown ? rest.id : [expected, seen]);
    const key = JSON.stringify([isTargetDown, alike]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ ...rest, failure }]);
    else group.push({ ...rest, failure });
  }
  return [...groups.values()];
}

const LABEL_WIDTH = 12;

/** Nothing if there is nothing to say. */
function labelled(label: string, words: string, width: number): string[] {
  if (words === "") return [];
  const [first = "", ...rest] = wrap(words, width - LABEL_WIDTH);
  return [label.padEnd(LABEL_WIDTH) + first, ...rest.map((line) => " ".repeat(LABEL_WIDTH) + line)];
}

function renderFailure(
  name: string,
  { id, title, source, failure }: Failed,
  { paint, width }: Look,
): string[] {
  return [
    paint("bad", `✗ ${id}`) + paint("quiet", `  (${name})`),
    ...wrap(`${title} – ${source}`, width - 2).map((line) => `  ${line}`),
    ...failure.sent.flatMap((line, at) => labelled(at === 0 ? "  sent" : "", line, width)),
    ...labelled("  expected", failure.expected, width),
    // What came may be empty text.
    ...labelled("  seen", failure.seen || "nothing", width),
  ];
}

/** @param lastId the case after which no other was run, if there is one */
function renderEnd(group: Group, lastId: string | undefined): string[] {
  const [{ failure }, ...others] = group;
  if (!failure.isTargetDown) return [];
  if (failure.obstacle !== undefined) return [failure.obstacle];
  const after = others.length === 0 ? "this case" : "each of these cases";
  return [
    `After ${after} the target did not accept a good token any more.`,
    ...(group.some(({ id }) => id === lastId)
      ? [`To run the others, start it again and add --skip ${lastId}`]
      : []),
  ];
}

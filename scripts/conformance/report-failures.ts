// Prints what failed, fault by fault: the rule, what was sent, expected and seen, and what helps.
import type { Failure } from "../../test/conformance/run-case.ts";
import type { Paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/text.ts";
import { type Finding, findingsOf } from "./findings.ts";
import type { CaseResult, Report } from "./run.ts";

export interface Look {
  paint: Paint;
  /** Columns of the terminal. */
  width: number;
  /** How many cases were not chosen because of --skip. */
  leftOut?: number;
  /** The server is not one of this project. */
  isOther?: boolean;
}

const LIBRARY_HEADING =
  "Up to the library that the server is built with, and not to its own code: update the library first.";

/** The failures of one target, with an empty line after each. */
export function renderFailures(report: Report, look: Look): string[] {
  const { results } = report;
  const isCutShort = results.some(({ result }) => result === "not run");
  const last = isCutShort ? results.findLast(({ failure }) => failure?.isTargetDown) : undefined;
  const findings = findingsOf(report);
  const firstOfLibrary = findings.find(({ isLibrary }) => isLibrary);
  return findings.flatMap((finding) => {
    const { first, alike, remedy, advisory } = finding;
    return [
      ...(finding === firstOfLibrary && look.isOther === true
        ? [...wrap(look.paint("strong", LIBRARY_HEADING), look.width), ""]
        : []),
      ...renderFailure(report.name, first, look),
      ...labelled("  alike", alike.join(", "), look.width),
      ...labelled("  known", advisory ?? "", look.width),
      ...labelled("  helps", remedy ?? "", look.width),
      ...renderEnd(finding, last?.id).map((line) => look.paint("bad", `  ${line}`)),
      "",
    ];
  });
}

type Failed = CaseResult & { failure: Failure };

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
function renderEnd({ first, alike }: Finding, lastId: string | undefined): string[] {
  const { failure } = first;
  if (failure.obstacle !== undefined) return [failure.obstacle];
  if (!failure.isTargetDown) return [];
  const after = alike.length === 0 ? "this case" : "each of these cases";
  return [
    `After ${after} the target did not accept a good token any more.`,
    ...([first.id, ...alike].some((id) => id === lastId)
      ? [
          `To run the others, give --start "…" with the command that starts it, or start it again and add --skip ${lastId}`,
        ]
      : []),
  ];
}

// The results in the format of JUnit, which every CI reads: a suite for each target, a test for each case.
import { groupOf } from "../../test/conformance/case.ts";
import { escapeMarkup } from "./markup.ts";
import type { CaseResult, Report } from "./run.ts";

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value)).replaceAll("\n", "&#10;")}"`)
    .join("");
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function renderCase(report: Report, one: CaseResult): string {
  const { id, title, source, result, failure, lacking, durationMs, remedy } = one;
  const head = attributes({
    classname: `${report.name}.${groupOf(one)}`,
    name: `${id}: ${title}`,
    time: seconds(durationMs),
  });
  if (result === "passed") return `    <testcase${head}/>`;
  if (failure === undefined) {
    const message =
      result === "not run" ? "the target had ended" : `not claimed: ${lacking.join(", ")}`;
    return `    <testcase${head}><skipped${attributes({ message })}/></testcase>`;
  }
  const { expected, seen, sent, obstacle } = failure;
  const lines = [
    source,
    `expected ${expected}`,
    `seen ${seen || "nothing"}`,
    ...(remedy ? [`helps ${remedy}`] : []),
    ...(obstacle === undefined ? [] : [obstacle]),
    "sent",
    ...sent,
  ];
  return `    <testcase${head}><failure${attributes({ message: `expected ${expected}, saw ${seen}` })}>${escapeMarkup(lines.join("\n"))}</failure></testcase>`;
}

export function renderJunit(reports: readonly Report[]): string {
  const suites = reports.map((report) => {
    const { name, results, durationMs } = report;
    const count = (wanted: (one: CaseResult) => boolean): number => results.filter(wanted).length;
    const numbers = {
      name,
      tests: results.length,
      failures: count(({ result }) => result === "failed"),
      skipped: count(({ result }) => result === "not claimed" || result === "not run"),
      time: seconds(durationMs),
    };
    return [
      `  <testsuite${attributes(numbers)}>`,
      ...results.map((one) => renderCase(report, one)),
      "  </testsuite>",
    ].join("\n");
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("\n")}\n</testsuites>\n`;
}

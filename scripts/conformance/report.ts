// Prints the results of the conformance cases: the failures, and a table by group with times.
import { GROUPS } from "../../test/conformance/case.ts";
import type { Capability } from "../../test/conformance/target.ts";
import { type Look, renderFailures } from "./report-failures.ts";
import type { CaseResult, Report } from "./run.ts";
import type { Paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/text.ts";

const GROUP_WIDTH = 16;
const CELL_WIDTH = 21;
const TOTAL = "all";

/** Results that stand beside each other in one table. */
export interface TableGroup {
  title: string;
  columns: { title: string; report: Report }[];
}

function resultsOf(report: Report, group: string): CaseResult[] {
  return report.results.filter(({ id }) => group === TOTAL || id.startsWith(`${group}.`));
}

function count(results: readonly CaseResult[], result: CaseResult["result"]): number {
  return results.filter((one) => one.result === result).length;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** `61 passed  0.24 s`, or what is wrong. */
function cell(results: readonly CaseResult[], paint: Paint): string {
  const [passed, failed, notRun] = [
    count(results, "passed"),
    count(results, "failed"),
    count(results, "not run"),
  ];
  if (passed + failed + notRun === 0) return paint("quiet", "–".padEnd(CELL_WIDTH));
  const time = seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0));
  if (failed + notRun === 0)
    return paint("good", `${passed} ok`.padEnd(9)) + time.padEnd(CELL_WIDTH - 9);
  const words =
    failed > 0 ? `${failed} of ${passed + failed + notRun} failed` : `${notRun} not run`;
  return paint("bad", words.padEnd(CELL_WIDTH));
}

/** One table: groups are rows, auth modes are columns. */
function renderTable({ title, columns }: TableGroup, paint: Paint): string[] {
  const heading = columns.map((column) => column.title.padEnd(CELL_WIDTH)).join("");
  const rows = [...GROUPS, TOTAL].filter((group) =>
    columns.some(({ report }) =>
      resultsOf(report, group).some(({ result }) => result !== "not claimed"),
    ),
  );
  return [
    paint("strong", `${title.padEnd(GROUP_WIDTH)}${heading}`.trimEnd()),
    ...rows.map((group) =>
      `${group.padEnd(GROUP_WIDTH)}${columns.map(({ report }) => cell(resultsOf(report, group), paint)).join("")}`.trimEnd(),
    ),
  ];
}

/** What a person gives so that a target has a capability that it cannot claim directly. */
const FLAGS_FOR: Partial<Record<Capability, string>> = {
  mint: "--secret or --private-key",
  issuer: "--issuer",
  audience: "--audience",
  "user-claims": "--user-claims",
  events: "--events",
  namespaces: "--namespaces",
  origins: "--origins",
  "connect-timeout": "--connect-timeout",
};

/** How many cases were not run for each capability that a target does not claim; targets of one kind together. */
function renderNotClaimed(reports: readonly Report[], isOther: boolean): string[] {
  const names = new Map<string, string[]>();
  for (const { name, results } of reports) {
    const words = countLacking(results, isOther);
    if (words !== "") names.set(words, [...(names.get(words) ?? []), name]);
  }
  return [...names].map(
    ([words, targets]) => `Not claimed, so not run: ${words} (${targets.join("; ")})`,
  );
}

function countLacking(results: readonly CaseResult[], isOther: boolean): string {
  const counts = new Map<Capability, number>();
  // A case that lacks several capabilities is counted for the first.
  for (const capability of results.flatMap(({ lacking }) => lacking.slice(0, 1)))
    counts.set(capability, (counts.get(capability) ?? 0) + 1);
  // Who judges a server of her own can do something about it.
  const wayTo = (name: Capability): string =>
    isOther && name in FLAGS_FOR ? ` (${FLAGS_FOR[name]})` : "";
  return [...counts].map(([name, cases]) => `${name} ${cases}${wayTo(name)}`).join(", ");
}

/** All that the command prints. */
export function renderReports(tables: readonly TableGroup[], look: Look): string[] {
  const reports = tables.flatMap(({ columns }) => columns.map(({ report }) => report));
  return [
    ...reports.flatMap(({ sight = [] }) => [
      ...sight.flatMap((line) => wrap(line, look.width)),
      ...(sight.length > 0 ? [""] : []),
    ]),
    ...reports.flatMap((report) => renderFailures(report, look)),
    ...tables.flatMap((table) => [...renderTable(table, look.paint), ""]),
    ...reports.flatMap(({ remarks = [] }) => remarks.flatMap((line) => wrap(line, look.width))),
    ...renderNotClaimed(reports, look.isOther === true).flatMap((line) =>
      wrap(look.paint("quiet", line), look.width),
    ),
    "",
    renderSummary(reports, look.leftOut),
  ];
}

/** The last line: `8294 passed, 0 failed, 120 not claimed`. */
function renderSummary(reports: readonly Report[], leftOut = 0): string {
  const results = reports.flatMap((report) => report.results);
  const parts = (["passed", "failed", "not claimed", "not run"] as const)
    .map((result) => ({ result, cases: count(results, result) }))
    .filter(({ result, cases }) => cases > 0 || result === "passed" || result === "failed");
  const words = parts.map(({ result, cases }) => `${cases} ${result}`);
  return [...words, ...(leftOut > 0 ? [`${leftOut} left out`] : [])].join(", ");
}

/** 0: every case has passed; 1: one has not; 2: there is no verdict, since something prevented the suite from asking. */
export function exitCodeOf(reports: readonly Report[]): 0 | 1 | 2 {
  const results = reports.flatMap((report) => report.results);
  const failed = results.filter(({ result }) => result === "failed");
  if (failed.length === 0) return count(results, "not run") === 0 ? 0 : 2;
  return failed.every(({ failure }) => failure?.obstacle !== undefined) ? 2 : 1;
}

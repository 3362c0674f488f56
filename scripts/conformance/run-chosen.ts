// Runs the cases that were chosen on the servers that were chosen, and puts the results into tables.
import { setTimeout } from "node:timers/promises";
import { type Case, unclaimed } from "../../test/conformance/case.ts";
import type { Target } from "../../test/conformance/target.ts";
import { silentEvents } from "../../test/conformance/cases/robustness-events.ts";
import { ArgumentsError } from "../command/arguments.ts";
import type { ConformanceOptions } from "./options.ts";
import { inLanes } from "../model/gate.ts";
import type { TableGroup } from "./report.ts";
import { greet } from "./greet.ts";
import { describeSight } from "./sight-words.ts";
import { casesFor, type Report, runSubject, runTarget } from "./run.ts";
import { claimedBy, listSubjects, type Subject } from "./subjects.ts";

const AT_ONCE = 3;

/** How many cases there are to run, and are through. */
export interface Progress {
  done: number;
  total: number;
}

/**
 * Runs them, on variants or on the one other server.
 * @param progress is counted up
 * @throws ArgumentsError (code BAD_ARGUMENTS) if there is nothing to run, or the other server cannot be reached
 */
export function runChosen(
  options: ConformanceOptions,
  chosen: Case[],
  progress: Progress,
): Promise<TableGroup[]> {
  return options.target === undefined
    ? runOwn(options, chosen, progress)
    : runOther({ ...options, target: options.target }, chosen, progress);
}

/** Before anything is started: what was chosen must say something about a server that was chosen. */
function refuseIfNone(chosen: readonly Case[], claims: readonly Target["claims"][]): void {
  if (claims.some((each) => chosen.some((one) => unclaimed(one, each).length === 0))) return;
  if (chosen.length === 0)
    throw new ArgumentsError("No case is left: --skip leaves out all that --only chooses.");
  const lacking = new Set(claims.flatMap((each) => chosen.flatMap((one) => unclaimed(one, each))));
  throw new ArgumentsError(
    `None of the chosen cases is for one of the chosen servers: they need what those do not claim, or what was not given (${[...lacking].join(", ")}).`,
  );
}

async function runOwn(
  options: ConformanceOptions,
  chosen: Case[],
  progress: Progress,
): Promise<TableGroup[]> {
  const { variants, auths, timeoutMs } = options;
  const subjects = listSubjects().filter(
    ({ variant, auth }) => variants.includes(variant) && auths.includes(auth),
  );
  refuseIfNone(chosen, subjects.map(claimedBy));
  for (const subject of subjects) progress.total += casesFor(subject, chosen).length;
  const reports = await inLanes(subjects, AT_ONCE, (subject) =>
    runSubject(subject, chosen, { timeoutMs, onCase: () => (progress.done += 1) }),
  );
  return tablesOf(subjects, reports);
}

function tablesOf(subjects: readonly Subject[], reports: readonly Report[]): TableGroup[] {
  const columns = subjects.flatMap((subject, at) => {
    const report = reports[at];
    const transports = subject.transports?.join();
    const title = transports === undefined ? subject.variant : `${transports} only`;
    const name = transports === undefined ? subject.auth : `${subject.variant} ${subject.auth}`;
    return report === undefined || report.results.length === 0
      ? []
      : [{ table: title, title: name, report }];
  });
  const titles = [...new Set(columns.map(({ table }) => table))];
  return titles.map((title) => ({
    title,
    columns: columns.filter(({ table }) => table === title),
  }));
}

/** What a person has said of the server and no case looked at. */
function describeUnused({ claims, token }: Target, chosen: readonly Case[]): string[] {
  const unused = (["events", "namespaces"] as const).filter(
    (name) => claims.has(name) && !chosen.some(({ needs }) => needs.includes(name)),
  );
  return [
    ...unused.map((name) => `--${name} was not used: none of the chosen cases is about it.`),
    ...(token !== undefined && claims.has("mint")
      ? ["The token was not used: the suite makes tokens of its own."]
      : []),
  ];
}

/** A misspelt name fails no case: nothing comes of its calls, as nothing comes of those that a handler ignores. */
function describeSilent(target: Target, memory: ReadonlyMap<string, string>): string[] {
  return silentEvents(target, memory).map(
    (event) =>
      `Nothing came back from any call of "${event}": in order if the server ignores wrong calls, but then see that the name is spelt as in the server.`,
  );
}

const [RESTART_MS, LOOK_EVERY_MS] = [3000, 100];

/** @returns undefined if the target does not take a good token again in the time that a restart takes */
async function waitFor(target: Target, timeoutMs: number): Promise<Target | undefined> {
  const untilMs = performance.now() + RESTART_MS;
  while (performance.now() < untilMs) {
    try {
      return await greet(target, timeoutMs);
    } catch (error) {
      if (!(error instanceof ArgumentsError)) throw error;
      await setTimeout(LOOK_EVERY_MS);
    }
  }
  return undefined;
}

async function runOther(
  { target: described, timeoutMs }: ConformanceOptions & { target: Target },
  chosen: Case[],
  progress: Progress,
): Promise<TableGroup[]> {
  const target = await greet(described, timeoutMs);
  const { url } = target;
  refuseIfNone(chosen, [target.claims]);
  progress.total = chosen.length;
  const memory = new Map<string, string>();
  const report = await runTarget({
    name: url,
    target,
    cases: chosen,
    timeoutMs,
    memory,
    onCase: () => (progress.done += 1),
    // Nobody here can start it again, but whatever watches over it may.
    revive: () => waitFor(target, timeoutMs),
  });
  const remarks = [
    ...describeSight(target),
    target.scheme === described.scheme
      ? ""
      : `${url} knows the scheme as "${target.scheme}" alone, letter by letter (against RFC 9110 §11.1): so it was written in all cases but those about the scheme.`,
    ...describeUnused(target, chosen),
    ...describeSilent(target, memory),
  ].filter(Boolean);
  return [{ title: "", columns: [{ title: url, report: { ...report, remarks } }] }];
}

// Runs the cases that were chosen on the servers that were chosen, and puts the results into tables.
import { setTimeout } from "node:timers/promises";
import { expectAlive } from "../../test/conformance/alive.ts";
import { type Case, unclaimed } from "../../test/conformance/case.ts";
import { createProbe } from "../../test/conformance/probe.ts";
import { closeKept, createRunOptions } from "../../test/conformance/run-case.ts";
import type { Target } from "../../test/conformance/target.ts";
import { ArgumentsError } from "../command/arguments.ts";
import type { ConformanceOptions } from "./options.ts";
import { inLanes } from "../model/gate.ts";
import { describeEnds, describeRemarks } from "./remarks.ts";
import type { TableGroup } from "./report.ts";
import { greet } from "./greet.ts";
import { inTurn } from "./in-turn.ts";
import { isFailure } from "./look.ts";
import { startOther } from "./started.ts";
import { describeSight } from "./sight-words.ts";
import { casesFor, type Report, runSubject, runTarget } from "./run.ts";
import { claimedBy, listSubjects, type Subject } from "./subjects.ts";

const AT_ONCE = 3;

/** How many cases there are to run, and are through. */
export interface Progress {
  done: number;
  total: number;
  /** Ends what was started for the run. */
  stop: () => Promise<void>;
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
  const { variants, auths, adapter, isEveryPair, timeoutMs } = options;
  const subjects = listSubjects(adapter).filter(
    ({ variant, auth }) => variants.includes(variant) && auths.includes(auth),
  );
  refuseIfNone(chosen, subjects.map(claimedBy));
  const runs = subjects.flatMap((subject) => {
    const cases = isEveryPair ? casesFor(subject, chosen) : inTurn(subject, chosen);
    return cases.length === 0 ? [] : [{ subject, cases }];
  });
  for (const { cases } of runs) progress.total += cases.length;
  const reports = await inLanes(runs, AT_ONCE, ({ subject, cases }) =>
    runSubject(subject, cases, { timeoutMs, onCase: () => (progress.done += 1) }),
  );
  return tablesOf(
    runs.map(({ subject }) => subject),
    reports,
  );
}

/** Its table, and its column there. */
function placesOf({ variant, auth, transports, adapter, groups }: Subject): [string, string] {
  if (transports !== undefined) return [`${transports.join()} only`, `${variant} ${auth}`];
  if (adapter === undefined) return [variant, auth];
  return groups.length > 0
    ? [`by ${adapter}`, `${variant} ${auth}`]
    : [`${variant} by ${adapter}`, auth];
}

function tablesOf(subjects: readonly Subject[], reports: readonly Report[]): TableGroup[] {
  const columns = subjects.flatMap((subject, at) => {
    const report = reports[at];
    const [table, title] = placesOf(subject);
    return report === undefined || report.results.length === 0 ? [] : [{ table, title, report }];
  });
  const titles = [...new Set(columns.map(({ table }) => table))];
  return titles.map((title) => ({
    title,
    columns: columns.filter(({ table }) => table === title),
  }));
}

// Counted, and not three seconds by the clock: on a busy machine a restart takes longer, and so does each look.
const [LOOKS, LOOK_EVERY_MS] = [30, 100];

/** Whether the target takes a good token again in the time that a restart takes. */
async function comesBack(target: Target, timeoutMs: number): Promise<boolean> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if (await takesGoodToken(target, timeoutMs)) return true;
    await setTimeout(LOOK_EVERY_MS);
  }
  return false;
}

async function takesGoodToken(target: Target, timeoutMs: number): Promise<boolean> {
  const options = createRunOptions(target, timeoutMs);
  const { probe, closeAll } = createProbe({ ...options, target, nowSeconds: options.nowSeconds() });
  try {
    await expectAlive(probe);
    return true;
  } catch (error) {
    if (!isFailure(error)) throw error;
    return false;
  } finally {
    closeAll();
    closeKept(options);
  }
}

async function runOther(
  { target: described, timeoutMs, start }: ConformanceOptions & { target: Target },
  chosen: Case[],
  progress: Progress,
): Promise<TableGroup[]> {
  const { url } = described;
  const started = start === undefined ? undefined : await startOther(start, described);
  progress.stop = () => started?.stop() ?? Promise.resolve();
  try {
    const target = await greet(described, timeoutMs, started && (() => started.restart()));
    refuseIfNone(chosen, [target.claims]);
    progress.total = chosen.length;
    const memory = new Map<string, string>();
    let ends = 0;
    const remarks: string[] = [];
    const report = await runTarget({
      name: url,
      target,
      cases: chosen,
      timeoutMs,
      memory,
      onCase: () => (progress.done += 1),
      revive: async ({ obstacle }) => {
        if (started !== undefined && obstacle === undefined) {
          const trouble = await troubleIn(started.restart());
          if (trouble !== undefined) return void remarks.push(trouble);
        }
        const isBack = await comesBack(target, timeoutMs);
        if (isBack && obstacle === undefined) ends += 1;
        return isBack ? target : undefined;
      },
    });
    remarks.push(
      ...describeEnds(ends, started !== undefined),
      ...describeRemarks({ said: described, seen: target, chosen, memory }),
    );
    const whole = { ...report, sight: describeSight(target), remarks };
    return [{ title: "", columns: [{ title: url, report: whole }] }];
  } finally {
    await started?.stop();
  }
}

/** Why a server did not start again: the results so far count. */
async function troubleIn(restart: Promise<void>): Promise<string | undefined> {
  try {
    await restart;
    return undefined;
  } catch (error) {
    if (!(error instanceof ArgumentsError)) throw error;
    return `The server could not be started again. ${error.message}`;
  }
}

// Runs conformance cases on one target.
import { type Case, groupOf, unclaimed } from "../../test/conformance/case.ts";
import {
  closeKept,
  createRunOptions,
  type Failure,
  runCase,
  type RunOptions,
} from "../../test/conformance/run-case.ts";
import type { Capability, Target } from "../../test/conformance/target.ts";
import { nameOf, startSubject, type Subject } from "./subjects.ts";

export interface CaseResult {
  id: Case["id"];
  title: string;
  source: string;
  result: "passed" | "failed" | "not claimed" | "not run";
  /** What the target does not claim and the case needs. */
  lacking: Capability[];
  failure: Failure | undefined;
  durationMs: number;
  /** What helps, where the case knows it. */
  remedy?: string;
}

/** The results of one target, in the order of the cases. */
export interface Report {
  name: string;
  results: CaseResult[];
  durationMs: number;
  /** What was seen of the target at the first look. */
  sight?: string[];
  /** What there is to say of the target besides. */
  remarks?: string[];
}

interface TargetRun {
  name: string;
  target: Target;
  cases: readonly Case[];
  timeoutMs?: number;
  /** What the cases find out about the target, to be read afterwards. */
  memory?: Map<string, string>;
  /** Called after each case. */
  onCase?: (() => unknown) | undefined;
  /** Once it is aborted, no further case begins. */
  signal?: AbortSignal | undefined;
  /** Called when the target has stopped; gives one that runs, or nothing if that cannot be done. */
  revive: (failure: Failure) => Promise<Target | undefined>;
}

/** Runs cases one after the other, so that the case that stops a target can be named. */
export async function runTarget(run: TargetRun): Promise<Report> {
  const options = createRunOptions(run.target, run.timeoutMs, run.memory);
  try {
    return await runCases(run, options);
  } finally {
    closeKept(options);
  }
}

async function runCases(run: TargetRun, options: RunOptions): Promise<Report> {
  const startedMs = performance.now();
  const results: CaseResult[] = [];
  let target: Target | undefined = run.target;
  for (const testCase of run.cases) {
    if (run.signal?.aborted) break;
    const { id, title, source } = testCase;
    const common = {
      id,
      title,
      source,
      lacking: unclaimed(testCase, run.target.claims),
      failure: undefined,
    };
    const startedCaseMs = performance.now();
    if (common.lacking.length > 0)
      results.push({ ...common, result: "not claimed", durationMs: 0 });
    else if (target === undefined) results.push({ ...common, result: "not run", durationMs: 0 });
    else {
      const failure: Failure | undefined = await runCase(testCase, target, options);
      if (failure?.isTargetDown) target = await run.revive(failure);
      const durationMs = performance.now() - startedCaseMs;
      if (failure === undefined) results.push({ ...common, result: "passed", durationMs });
      else {
        const { obstacle, remedy = testCase.remedy } = failure;
        results.push({
          ...common,
          result: "failed",
          failure,
          durationMs,
          ...(remedy && obstacle === undefined && { remedy }),
        });
      }
    }
    run.onCase?.();
  }
  return { name: run.name, results, durationMs: performance.now() - startedMs };
}

/**
 * Starts a subject, runs cases on it and stops it. If a case stops it, it is started again.
 * @param start how to start it, if not as a process of its own
 */
export async function runSubject(
  subject: Subject,
  cases: readonly Case[],
  {
    timeoutMs,
    onCase,
    signal,
    start = startSubject,
  }: Pick<TargetRun, "timeoutMs" | "onCase" | "signal"> & { start?: typeof startSubject } = {},
): Promise<Report> {
  let running = await start(subject);
  try {
    return await runTarget({
      name: nameOf(subject),
      target: running.target,
      cases: casesFor(subject, cases),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      onCase,
      signal,
      revive: async () => {
        if (!running.process.isRunning()) {
          // Of several servers, the others run on.
          await running.process.stop();
          running = await start(subject);
        }
        return running.target;
      },
    });
  } finally {
    await running.process.stop();
  }
}

/** The cases that say something about a subject. */
export function casesFor({ groups }: Subject, cases: readonly Case[]): Case[] {
  return cases.filter((testCase) => groups.length === 0 || groups.includes(groupOf(testCase)));
}

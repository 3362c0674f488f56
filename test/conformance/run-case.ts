// Runs one case against one target, then looks whether the target is still alive.
import type { Agent } from "node:http";
import type { Case } from "./case.ts";
import { expectAlive } from "./alive.ts";
import { ExpectationFailure } from "./expectation.ts";
import { mask, secretsOf } from "./mask.ts";
import { describeObstacle } from "./obstacles.ts";
import { createProbe } from "./probe.ts";
import type { Session } from "./raw-engine.ts";
import { createAgent } from "./raw-socket.ts";
import type { Target, User } from "./target.ts";

/** Why a case failed. */
export interface Failure {
  expected: string;
  seen: string;
  /** What helps, where the expectation implies it. */
  remedy?: string | undefined;
  /** What was sent and received, in order, credentials masked. */
  sent: readonly string[];
  /** The target no longer answers, or no longer accepts a good token. */
  isTargetDown: boolean;
  /** Why the case could not be judged, or the target no longer answers, if that is not the target's fault. */
  obstacle: string | undefined;
}

export interface RunOptions {
  /** How long to wait for one answer. */
  timeoutMs: number;
  /** Seconds since 1970. */
  nowSeconds: () => number;
  newUser: () => User;
  /** Keeps one connection for the check after each case. */
  agent: Agent;
  /** What the cases find out about the target; each run begins with none of it. */
  memory: Map<string, string>;
  /** What stays open for the check after each case. */
  kept: { session?: Session };
}

const FIRST_USER_ID = 1000;

/** The usual options: the clock of this machine, and users that are counted up. */
export function createRunOptions(
  target: Pick<Target, "url">,
  timeoutMs = 5000,
  memory = new Map<string, string>(),
): RunOptions {
  let lastUserId = FIRST_USER_ID;
  return {
    timeoutMs,
    agent: createAgent(target),
    memory,
    kept: {},
    nowSeconds: () => Math.floor(Date.now() / 1000),
    newUser: () => ({ id: ++lastUserId, username: `user${lastUserId}` }),
  };
}

/** Closes what was kept open for the checks after each case: a server that is slow to close them would keep the process. */
export function closeKept({ agent, kept }: RunOptions): void {
  agent.destroy();
  kept.session?.cut();
}

/** Runs a case. Resolves with undefined if the target keeps the rule. */
export async function runCase(
  testCase: Case,
  target: Target,
  options: RunOptions,
): Promise<Failure | undefined> {
  const { failure, sent } = await attempt(target, options, testCase.run);
  const after = await attempt(target, options, expectAlive);
  const obstacleIn = (seen: string): string | undefined =>
    describeObstacle(target, seen, options.nowSeconds());
  if (after.failure === undefined)
    return (
      failure && {
        ...failure,
        sent: sent(),
        isTargetDown: false,
        obstacle: obstacleIn(failure.seen),
      }
    );
  const expected = "afterwards the target still answers, and a good token still connects";
  // Also what a case sent that passed: a target may end a moment after that.
  const all = [...sent(), ...after.sent()];
  const { seen } = after.failure;
  return { expected, seen, sent: all, isTargetDown: true, obstacle: obstacleIn(seen) };
}

interface Attempt {
  failure: Pick<Failure, "expected" | "seen" | "remedy"> | undefined;
  /** Made only when it is needed: nearly all cases pass. */
  sent: () => string[];
}

async function attempt(
  target: Target,
  { nowSeconds, ...rest }: RunOptions,
  run: Case["run"],
): Promise<Attempt> {
  const { probe, closeAll } = createProbe({ ...rest, target, nowSeconds: nowSeconds() });
  try {
    await run(probe);
    return { failure: undefined, sent: probe.transcript };
  } catch (error) {
    const { expected, seen, remedy } = describeError(error);
    const secrets = secretsOf(target);
    const failure = { expected: mask(expected, secrets), seen: mask(seen, secrets), remedy };
    return { failure, sent: probe.transcript };
  } finally {
    closeAll();
  }
}

/** An error that is not an expectation, such as an answer that is not JSON, fails the case as well. */
function describeError(error: unknown): Pick<Failure, "expected" | "seen" | "remedy"> {
  if (error instanceof ExpectationFailure) return error;
  const seen = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { expected: "an answer that the case can read", seen };
}

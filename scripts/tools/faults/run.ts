// Finds the conformance cases that notice a fault.
import { rm } from "node:fs/promises";
import type { Case } from "../../../test/conformance/case.ts";
import { type CaseResult, runSubject } from "../../conformance/run.ts";
import type { Subject } from "../../conformance/subjects.ts";
import type { Fault } from "./fault.ts";
import { FAULTY_VARIANT } from "./faults.ts";
import type { StartFaulty } from "./hosts.ts";
import { plantFault } from "./plant.ts";

/** What the suite said to one fault. */
export interface FaultReport {
  fault: Fault;
  /** The cases that failed. */
  caught: CaseResult[];
  /** Ids of cases that should have failed and did not. */
  missed: string[];
  durationMs: number;
}

// Many faults make the server silent, and the suite waits for every answer.
const TIMEOUT_MS = 1500;

/** Runs cases on a copy of the variant with the fault in it. @param start how to start that copy */
export async function runFault(
  fault: Fault,
  cases: readonly Case[],
  start: StartFaulty,
): Promise<FaultReport> {
  const folder = await plantFault(fault);
  try {
    const subject: Subject = {
      variant: FAULTY_VARIANT,
      auth: fault.auth,
      transports: undefined,
      groups: [],
      folder,
      ...(fault.isShared && { adapter: "cluster" }),
    };
    const { results, durationMs } = await runSubject(subject, cases, {
      timeoutMs: TIMEOUT_MS,
      start,
    });
    const caught = results.filter(({ result }) => result === "failed");
    const missed = fault.caughtBy.filter((id) => !caught.some((result) => result.id === id));
    return { fault, caught, missed, durationMs };
  } finally {
    await rm(folder, { recursive: true });
  }
}

// The conformance suite, as the check of an exercise asks it.
import { type Case, unclaimed } from "../../test/conformance/case.ts";
import { cases } from "../../test/conformance/cases.ts";
import { closeKept, createRunOptions, runCase } from "../../test/conformance/run-case.ts";
import type { Suite } from "../lab/exercises/checker.ts";
import type { AuthMode, Variant } from "../model/vocabulary.ts";
import { runSubject } from "./run.ts";
import { claimedBy, type Subject, SWITCHED_ON, targetOf } from "./subjects.ts";

/** The usual wait is for servers elsewhere, and for those that are not being written. */
const TIMEOUT_MS = 2_000;

export const EXERCISE_SUITE = suiteOf(cases);

/** @param whole what it runs as the whole suite; a row may be any case. */
export function suiteOf(whole: readonly Case[]): Suite {
  return {
    settings: SWITCHED_ON,

    list: (variant, auth) => casesOf(subjectOf(variant, auth), cases),

    open({ variant, auth, url, secret }) {
      const target = { ...targetOf(subjectOf(variant, auth), url), secret };
      const options = createRunOptions(target, TIMEOUT_MS);
      return {
        run: (id) =>
          runCase(
            cases.find((each) => each.id === id)!,
            target,
            options,
          ),
        close: () => closeKept(options),
      };
    },

    async runAll({ variant, auth, folder, signal }) {
      const subject = { ...subjectOf(variant, auth), folder };
      const { results } = await runSubject(subject, casesOf(subject, whole), {
        timeoutMs: TIMEOUT_MS,
        signal,
      });
      const failed = results.filter(({ result }) => result === "failed");
      return {
        passed: results.filter(({ result }) => result === "passed").length,
        total: results.length,
        failed: failed.map(({ id, title, failure }) => ({
          id,
          title,
          failedAtStart: false,
          result: "failed",
          ...(failure && { expected: failure.expected, seen: failure.seen, sent: failure.sent }),
        })),
      };
    },
  };
}

function subjectOf(variant: Variant, auth: AuthMode): Subject {
  return { variant, auth, transports: undefined, groups: [] };
}

function casesOf(subject: Subject, all: readonly Case[]): Case[] {
  const claims = claimedBy(subject);
  return all.filter((each) => unclaimed(each, claims).length === 0);
}

// Every conformance case in every format and in every auth mode that it is about, as `npm run conformance` runs them.
import { createPublicKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGate } from "../../scripts/model/gate.ts";
import { inTurn } from "../../scripts/conformance/in-turn.ts";
import { casesFor } from "../../scripts/conformance/run.ts";
import {
  claimedBy,
  listSubjects,
  nameOf,
  type RunningSubject,
  startSubject,
  type Subject,
} from "../../scripts/conformance/subjects.ts";
import { type Case, type Group, groupOf, GROUPS, unclaimed } from "../conformance/case.ts";
import { cases } from "../conformance/cases.ts";
import { createRunOptions, runCase, type RunOptions } from "../conformance/run-case.ts";
import { makeKey } from "../conformance/signer.ts";
import { withImplied } from "../conformance/target.ts";
import { describeOther } from "../helpers/judge-other.ts";

const SUBJECTS = listSubjects();
// Few processes at a time: one for each core, and one that starts meanwhile.
const gate = createGate(3);
// A subject's turn comes when those before it are through, and on a busy machine that takes minutes.
const WAIT_MS = 600_000;

function claimedCases(subject: Subject): Case[] {
  return casesFor(subject, cases).filter(
    (testCase) => unclaimed(testCase, claimedBy(subject)).length === 0,
  );
}

/** Those of its cases that a subject is asked. */
function ownCases(subject: Subject): Case[] {
  return inTurn(subject, cases);
}

function isIn(group: Group): (testCase: Case) => boolean {
  return (testCase) => groupOf(testCase) === group;
}

const chosen = SUBJECTS.filter((subject) => ownCases(subject).length > 0);

// Subjects run beside each other, the cases of a subject one after the other.
describe.concurrent.each(chosen.map((subject) => [nameOf(subject), subject] as const))(
  "%s",
  (_name, subject) => {
    let options: RunOptions;
    let running: RunningSubject;
    beforeAll(async () => {
      await gate.enter();
      running = await startSubject(subject);
      options = createRunOptions(running.target);
    }, WAIT_MS);
    afterAll(async () => {
      // The hook above reports one that could not start, and the others go on.
      await (running as RunningSubject | undefined)?.process.stop();
      gate.leave();
    });

    const own = ownCases(subject);
    describe.sequential.each(GROUPS.filter((group) => own.some(isIn(group))))("%s", (group) => {
      const groupCases = own
        .filter(isIn(group))
        .map((testCase) => [testCase.title, testCase] as const);
      it.each(groupCases)("%s", async (_title, testCase) => {
        const failure = await runCase(testCase, running.target, options);
        // The case that stopped the server is named; those after it get a new one.
        if (!running.process.isRunning()) {
          await running.process.stop();
          running = await startSubject(subject);
        }
        expect({ id: testCase.id, failure }).toEqual({ id: testCase.id, failure: undefined });
      });
    });
  },
);

describe("the suite", () => {
  it("has no case that no server here claims", async () => {
    const other = await describeOther("http://127.0.0.1:9");
    const privateKey = makeKey("RS256");
    const keys = { privateKey, publicKey: createPublicKey(privateKey), secret: undefined };
    const claimed = new Set([
      ...SUBJECTS.flatMap(claimedCases),
      ...[other, withImplied({ ...other, ...keys, connectTimeoutMs: 1 })].flatMap(({ claims }) =>
        cases.filter((testCase) => unclaimed(testCase, claims).length === 0),
      ),
    ]);
    expect(cases.filter((testCase) => !claimed.has(testCase)).map(({ id }) => id)).toEqual([]);
  });

  it("judges every format, and every mode that claims it, by each case", () => {
    const both = SUBJECTS.filter(
      ({ transports, adapter }) => transports === undefined && adapter === undefined,
    );
    const pairs = (casesOf: (subject: Subject) => Case[]): Set<string> =>
      new Set(
        both.flatMap((subject) =>
          casesOf(subject).flatMap(({ id }) => [
            `${id} ${subject.variant}`,
            `${id} ${subject.auth}`,
          ]),
        ),
      );
    expect(pairs(ownCases)).toEqual(pairs(claimedCases));
  });

  it("gives every case an id of its own", () => {
    const ids = cases.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it("holds passport and manual to the same cases", () => {
    const [passport, manual] = (["passport", "manual"] as const).map((auth) =>
      claimedCases({ variant: "cjs", auth, transports: undefined, groups: [] }),
    );
    expect(passport).toEqual(manual);
  });
});

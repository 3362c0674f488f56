// Which cases a subject answers for, where formats and modes take turns: the formats are printed from one source, so a case
// that was asked of each format and of each mode need not be asked of every pair of the two.
import { type Case, unclaimed } from "../../test/conformance/case.ts";
import { AUTH_MODES, VARIANTS } from "../model/vocabulary.ts";
import { casesFor } from "./run.ts";
import { claimedBy, type Subject } from "./subjects.ts";

/**
 * The cases that run on this subject. Over all subjects, every case runs in each format, and in each mode that claims it.
 * One that several servers or WebSocket alone are there for is asked of all of those.
 */
export function inTurn(subject: Subject, cases: readonly Case[]): Case[] {
  const claimed = claimedCases(subject, cases);
  if (subject.transports !== undefined || subject.adapter !== undefined) return claimed;
  const modesOf = new Map(
    AUTH_MODES.map((auth) => [auth, new Set(claimedCases({ ...subject, auth }, cases))] as const),
  );
  return claimed.filter((testCase) => {
    const modes = AUTH_MODES.filter((auth) => modesOf.get(auth)!.has(testCase));
    const turns = Array.from({ length: Math.max(modes.length, VARIANTS.length) }, (_, at) => at);
    return turns.some(
      (at) =>
        VARIANTS[at % VARIANTS.length] === subject.variant &&
        modes[at % modes.length] === subject.auth,
    );
  });
}

function claimedCases(subject: Subject, cases: readonly Case[]): Case[] {
  const claims = claimedBy(subject);
  return casesFor(subject, cases).filter((one) => unclaimed(one, claims).length === 0);
}

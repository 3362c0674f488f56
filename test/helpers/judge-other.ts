// Has the suite judge the other server, by what a person would say about it.
import { greet } from "../../scripts/conformance/greet.ts";
import { type CaseResult, runTarget } from "../../scripts/conformance/run.ts";
import { describeTarget, type TargetFlags } from "../../scripts/conformance/target.ts";
import type { Case } from "../conformance/case.ts";
import type { Target } from "../conformance/target.ts";
import {
  AUDIENCE,
  CREDENTIALS,
  ISSUER,
  openOtherServer,
  type OtherHabits,
  SECRET,
} from "./other-server.ts";

const FLAGS: TargetFlags = {
  issuer: ISSUER,
  audience: AUDIENCE,
  login: "/api/session",
  self: "/api/me",
  path: "/live",
  claims: "header,polling,websocket,login,self,same-origin,no-leeway",
  events: "say",
  namespaces: "/rooms",
  "user-claims": "sub=ann",
  ...CREDENTIALS,
};

const TIMEOUT_MS = 5000;

/** The other server as a target. @param flags change what is said about it; its secret is, unless they say otherwise */
export async function describeOther(
  url: string,
  flags: TargetFlags = { secret: SECRET },
): Promise<Target> {
  return describeTarget({ ...FLAGS, url, ...flags }, {});
}

interface Other {
  habits?: OtherHabits;
  flags?: TargetFlags;
}

/** Runs cases on an other server with these habits. */
export async function judge(chosen: readonly Case[], other: Other = {}): Promise<CaseResult[]> {
  return (await meet(chosen, other)).results;
}

/** The same, with the target as the first look has found it. */
export async function meet(
  chosen: readonly Case[],
  { habits, flags }: Other,
): Promise<{ target: Target; results: CaseResult[] }> {
  const server = await openOtherServer(habits);
  try {
    const target = await greet(await describeOther(server.url, flags), TIMEOUT_MS);
    const revive = (): Promise<Target> => Promise.resolve(target);
    const { results } = await runTarget({ name: "other", target, cases: [...chosen], revive });
    return { target, results };
  } finally {
    await server.close();
  }
}

/** What the failed ones say, in short. */
export function failuresOf(
  results: readonly CaseResult[],
): [id: string, expected: string, seen: string][] {
  const failed = results.filter(({ result }) => result === "failed");
  return failed.map(({ id, failure }) => [id, failure?.expected ?? "", failure?.seen ?? ""]);
}

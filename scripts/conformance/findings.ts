// Failures as a person thinks of them: one fault is one finding, even if many cases notice it.
import { groupOf } from "../../test/conformance/case.ts";
import type { Failure } from "../../test/conformance/run-case.ts";
import { libraryMatter } from "./library.ts";
import type { CaseResult, Report } from "./run.ts";

export interface Finding {
  /** The case that is shown for all. */
  first: CaseResult & { failure: Failure };
  /** The ids of the others. */
  alike: string[];
  /** What helps, where that is known. */
  remedy: string | undefined;
  /** It is up to the library, and not to the code of the server's owner. */
  isLibrary: boolean;
  advisory: string | undefined;
}

/** The owner's first, and then those of the library. */
export function findingsOf({ results }: Pick<Report, "results">): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { failure, ...rest } of results) {
    if (failure === undefined) continue;
    const first = { ...rest, failure };
    const { obstacle, isTargetDown } = failure;
    const matter = obstacle === undefined ? libraryMatter(rest.id, isTargetDown) : undefined;
    const isLibrary = matter !== undefined;
    const advisory = matter?.advisory;
    const remedy = remedyOf(first);
    const key = JSON.stringify([isLibrary, advisory ?? faultOf({ ...first, remedy })]);
    const known = findings.get(key);
    if (known === undefined) findings.set(key, { first, alike: [], remedy, isLibrary, advisory });
    else known.alike.push(rest.id);
  }
  const all = [...findings.values()];
  return [false, true].flatMap((isLibrary) => all.filter((one) => one.isLibrary === isLibrary));
}

const CATCH_IT =
  "Catch what is thrown while a credential is looked for, and refuse: there may be no header, no payload, and a token that is none. Node ends the process where an async middleware throws.";

/** What a case knows of a refusal that did not come helps little where none can come. */
function remedyOf({ id, remedy, failure }: Finding["first"]): string | undefined {
  const isByCredential = /^(header|handshake|payload|cookie|token)\./.test(id);
  return failure.isTargetDown && isByCredential ? CATCH_IT : remedy;
}

/** What helps against both is one fault; and what ends a server in one way may end it in another. An obstacle is one for all. */
function faultOf({
  id,
  remedy,
  failure,
}: Pick<Finding["first"], "id" | "failure"> & Pick<Finding, "remedy">): unknown[] {
  const { isTargetDown, expected, seen, obstacle } = failure;
  if (obstacle !== undefined) return [obstacle];
  if (remedy !== undefined) return [isTargetDown, remedy];
  if (isTargetDown) return [isTargetDown, id];
  return [groupOf({ id }), shapeOf(expected), shapeOf(seen)];
}

const DOORS = /\b(self|polling|websocket|payload|CONNECT with a \w+)\b/g;

/** A text without what differs from case to case: doors, ids, tokens, times and numbers. */
function shapeOf(text: string): string {
  return text
    .replaceAll(DOORS, "door")
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, "id")
    .replaceAll(/…?[\w-]{2,}\.[\w-]{2,}\.[\w-]{2,}/g, "token")
    .replaceAll(/…[\w-]{6}\b/g, "token")
    .replaceAll(/("sid":\s*")[^"]*/g, "$1id")
    .replaceAll(/\d[\d.:,TZ-]*/g, "#");
}

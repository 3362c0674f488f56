// Compares what was seen in an attempt with what its lesson says, field by field.
import { isDeepStrictEqual } from "node:util";
import { actWords } from "../../model/words/acts.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Difference } from "../../model/cell.ts";
import type { Client } from "../../model/vocabulary.ts";
import { wireFacts } from "../../model/wire-facts.ts";
import { fieldsOf } from "../../model/fields-of.ts";
import type { Seen } from "../lab.ts";

/** The fields that are not as expected; an empty list if all are. Only the fields of an expectation are compared. */
export function findDifferences(
  { acts, expect }: Pick<Attempt, "acts" | "expect">,
  client: Client,
  { outcome, trace }: Pick<Seen, "outcome" | "trace">,
): Difference[] {
  const { wire = {}, ...last } = expect?.[client] ?? {};
  const before = acts.slice(0, -1).flatMap((act, at): Difference[] => {
    const seen = outcome[at]!;
    if (act.expect !== undefined) return compareFields(`acts.${at}.`, act.expect[client], seen);
    const { shape, word } = actWords(seen);
    return shape === "good" ? [] : [{ field: `acts.${at}`, expected: "goes well", seen: word }];
  });
  return [
    ...before,
    ...compareFields("", last, outcome.at(-1)!),
    ...compareFields("wire.", wire, wireFacts(trace, Object.keys(wire.claims ?? {}))),
  ];
}

function compareFields(prefix: string, expected: object, seen: object): Difference[] {
  const seenFields = new Map<string, unknown>(Object.entries(seen));
  return Object.entries(expected).flatMap(([name, wanted]) => {
    // JSON knows no undefined, so a lesson writes null.
    const value = seenFields.get(name) ?? null;
    return isAsWanted(wanted, value)
      ? []
      : [narrow({ field: prefix + name, expected: wanted, seen: value })];
  });
}

function narrow(difference: Difference): Difference {
  const [expected, seen] = [fieldsOf(difference.expected), fieldsOf(difference.seen)];
  const names = Object.keys(expected);
  if (!isDeepStrictEqual(names, Object.keys(seen))) return difference;
  const [name, ...others] = names.filter((each) => !isDeepStrictEqual(expected[each], seen[each]));
  if (name === undefined || others.length > 0) return difference;
  return narrow({
    field: `${difference.field}.${name}`,
    expected: expected[name],
    seen: seen[name],
  });
}

function isAsWanted(wanted: unknown, seen: unknown): boolean {
  const least = fieldsOf(wanted)["atLeast"];
  if (typeof least === "number" && typeof seen === "number") return seen >= least;
  return isDeepStrictEqual(wanted, seen);
}

// Compares what was seen in an attempt with what its lesson says, field by field.
import { isDeepStrictEqual } from "node:util";
import { actWords } from "../../model/act-words.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Difference } from "../../model/cell.ts";
import type { ExpectedWire } from "../../model/expectation.ts";
import { tokensOf, type Trace } from "../../model/trace.ts";
import type { Client } from "../../model/vocabulary.ts";
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
    ...compareFields("wire.", wire, wireFacts(trace, wire)),
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

// --- The facts of a trace ---

/** What a lesson may say about a trace, read from it. */
function wireFacts(
  trace: Trace,
  { claims: named = {} }: ExpectedWire = {},
): Record<keyof ExpectedWire, unknown> {
  const { steps } = trace;
  const responses = steps.filter((step) => step.kind === "response");
  const token = steps.flatMap(tokensOf).at(-1);
  return {
    checks: steps.filter((step) => step.kind === "check").length,
    requests: steps.filter((step) => step.kind === "request").length,
    websocket: responses.some(({ status }) => status === 101),
    status: responses.at(-1)?.status ?? null,
    challenge: responses.at(-1)?.headers["www-authenticate"] ?? null,
    cut: steps.some((step) => step.kind === "closed" && step.isCut),
    algorithm: fieldsOf(token?.header)["alg"],
    claims: pick(fieldsOf(token?.claims), Object.keys(named)),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function pick(fields: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
}

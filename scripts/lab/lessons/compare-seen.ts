// Compares what was seen in an attempt with what its lesson says, field by field.
import type { Difference, Expectation, ExpectedWire } from "../../model/lesson.ts";
import { isDeepStrictEqual } from "node:util";
import type { SeenToken, Step, Trace } from "../../model/trace.ts";

/** The fields that are not as expected; an empty list if all are. Only the fields of the expectation are compared. */
export function findDifferences(
  { wire = {}, ...expected }: Expectation,
  outcome: object,
  trace: Trace,
): Difference[] {
  return [
    ...compareFields("", expected, outcome),
    ...compareFields("wire.", wire, wireFacts(trace, wire)),
  ];
}

function compareFields(prefix: string, expected: object, seen: object): Difference[] {
  const seenFields = new Map<string, unknown>(Object.entries(seen));
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const value = seenAs(wanted, seenFields.get(name));
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

/** JSON knows no undefined, so a lesson writes null; and it writes the value of a body, where the outcome has its text. */
function seenAs(wanted: unknown, seen: unknown): unknown {
  if (seen === undefined) return null;
  const isJsonInText = typeof seen === "string" && typeof wanted === "object" && wanted !== null;
  return isJsonInText ? readJson(seen) : seen;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Text that is no JSON is shown as it is: it differs from what was expected either way.
    return text;
  }
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

function tokensOf(step: Step): SeenToken[] {
  return "tokens" in step ? step.tokens : [];
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function pick(fields: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
}

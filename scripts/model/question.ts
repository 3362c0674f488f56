// What a lesson asks of an attempt before it runs, and which answer came true. Pure.
import { type Client, CLIENTS } from "./vocabulary.ts";

/** A number may be the least that it must be, where the rest depends on how fast the machine is. */
type Value = string | number | boolean | null | { atLeast: number };

/** What a person predicts of an attempt: one question, though two clients make it. */
export interface Question {
  /** `Who connects?` */
  ask: string;
  /** Where in the outcome of the last act the answer is (`["result"]`), or in the trace (`["wire", "checks"]`). */
  field: (string | number)[];
  /** The words to choose from, each with the value that makes them true: in both clients, or in those that it names. */
  answers: Record<string, Value | Partial<Record<Client, Value>>>;
}

/**
 * The answer that came true; undefined if none did.
 * @param seen of each client: the outcome of the last act, and `wire`; or what is expected of both
 */
export function trueAnswer(
  { field, answers }: Question,
  seen: Record<Client, object>,
): string | undefined {
  const values = {
    browser: valueAt(seen.browser, field) ?? null,
    node: valueAt(seen.node, field) ?? null,
  };
  return Object.keys(answers).find((words) => {
    const wanted = answers[words]!;
    return CLIENTS.every((client) => {
      const value = isForClients(wanted) ? wanted[client] : wanted;
      return value === undefined || isValue(value, values[client]);
    });
  });
}

function isForClients(
  wanted: Question["answers"][string],
): wanted is Partial<Record<Client, Value>> {
  return typeof wanted === "object" && wanted !== null && !("atLeast" in wanted);
}

function isValue(wanted: Value, value: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return value === wanted;
  // An outcome alone has no wire, and so null in its place.
  const isObject = typeof value === "object" && value !== null;
  const least = isObject ? (value as { atLeast?: number }).atLeast : value;
  return typeof least === "number" && least >= wanted.atLeast;
}

function valueAt(object: unknown, field: Question["field"]): unknown {
  return field.reduce<unknown>(
    (value, name) => (value as Record<string | number, unknown> | null | undefined)?.[name],
    object,
  );
}

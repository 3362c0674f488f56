// How a case says that a target did not do what the rule asks for.
import { isDeepStrictEqual } from "node:util";

/** The target did something else. `run-case` adds what was sent. */
export class ExpectationFailure extends Error {
  readonly code = "EXPECTATION_FAILED";
  readonly expected: string;
  readonly seen: string;
  /** What helps, where that is known: it goes before what the case says. */
  readonly remedy: string | undefined;

  constructor(expected: string, seen: string, remedy?: string) {
    super(`expected ${expected}, saw ${seen}`);
    this.expected = expected;
    this.seen = seen;
    this.remedy = remedy;
  }
}

const LONGEST_SHOWN = 300;

/** A value as one short line. */
export function show(value: unknown): string {
  const text =
    typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? "nothing");
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${text.length})` : text;
}

/**
 * @param expected what the rule asks for, in words
 * @param seen what came instead
 * @param remedy what helps
 * @throws ExpectationFailure unless the condition holds
 */
export function expectThat(
  condition: boolean,
  expected: string,
  seen: unknown,
  remedy?: string,
): asserts condition {
  if (!condition)
    throw new ExpectationFailure(expected, typeof seen === "string" ? seen : show(seen), remedy);
}

/**
 * @param what names the value, for the report
 * @throws ExpectationFailure unless both are deeply equal
 */
export function expectEqual(seen: unknown, expected: unknown, what: string): void {
  expectThat(
    isDeepStrictEqual(seen, expected),
    `${what} ${show(expected)}`,
    `${what} ${show(seen)}`,
  );
}

// What a lesson asks of an attempt in place of "connects or is refused", and which answer came true. Pure.

/** What a person predicts of an attempt where "connects" or "is refused" is not the question. */
export interface Question {
  /** `How many receive it?` */
  ask: string;
  /** Where in the outcome of the last act the answer is: `["reply", "connections"]`. */
  field: (string | number)[];
  /** The words to choose from, each with the value that makes them true; null where there is none. */
  answers: Record<string, string | number | boolean | null>;
}

/**
 * The answer that the outcome of an act, or what is expected of one, makes true; undefined if it makes none true.
 * @param seen an object with the fields of an outcome
 */
export function trueAnswer({ field, answers }: Question, seen: object): string | undefined {
  const value = valueAt(seen, field) ?? null;
  return Object.keys(answers).find((words) => answers[words] === value);
}

/** `two – How many receive it?`, or the answer alone where there is no room; undefined where there is none. */
export function answerWords(
  { question }: { question?: Question | undefined },
  outcome: object,
  room: number,
): string | undefined {
  const answer = question && trueAnswer(question, outcome);
  if (answer === undefined) return undefined;
  const whole = `${answer} – ${question?.ask}`;
  return whole.length <= room ? whole : answer;
}

function valueAt(object: unknown, field: Question["field"]): unknown {
  return field.reduce<unknown>(
    (value, name) => (value as Record<string | number, unknown> | null | undefined)?.[name],
    object,
  );
}

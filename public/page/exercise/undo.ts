// What was typed, step by step: the browser's own undo ends with the page, and the editor's cannot be stored. Pure.

interface Step {
  text: string;
  /** Where the caret was. */
  at: number;
}

export interface Undo {
  steps: readonly Step[];
  /** Which of them is in the editor. */
  now: number;
}

/** Each step is a whole text, and a tab may store 5 MB. */
const MOST_STEPS = 60;

export function firstStep(text: string): Undo {
  return { steps: [{ text, at: 0 }], now: 0 };
}

/** A text that was typed, pasted or brought back; letters of one word are one step. */
export function addStep({ steps, now }: Undo, text: string, at: number): Undo {
  const before = steps[now]!;
  if (before.text === text) return { steps, now };
  const isSameWord = now > 0 && isLetterMore(before, text, at) && isTyped(steps[now - 1]!, before);
  const earlier = steps.slice(0, isSameWord ? now : now + 1);
  const all = [...earlier, { text, at }].slice(-MOST_STEPS);
  return { steps: all, now: all.length - 1 };
}

function isLetterMore(before: Step, text: string, at: number): boolean {
  const letter = text.slice(at - 1, at);
  const rest = text.slice(0, at - 1) + text.slice(at);
  return at === before.at + 1 && /\S/.test(letter) && rest === before.text;
}

/** Longer by what stands before the caret. */
function isTyped({ text: before }: Step, { text, at }: Step): boolean {
  const length = text.length - before.length;
  return length > 0 && text.slice(0, at - length) + text.slice(at) === before;
}

/** @param by -1 to undo, 1 to do again. @returns undefined if there is nothing left */
export function stepBy({ steps, now }: Undo, by: 1 | -1): (Undo & { step: Step }) | undefined {
  const step = steps[now + by];
  return step === undefined ? undefined : { steps, now: now + by, step };
}

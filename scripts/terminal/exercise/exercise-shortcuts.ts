// The keys of an open exercise.

/** Each key with what it does, for the line at the bottom and for help. */
export const KEYS = (
  [
    ["h", "hint", "the next hint: the first is a question, the last nearly the answer"],
    ["d", "changes", "what you have changed since the start"],
    ["s", "solution", "from your files to the solution (asks first)"],
    ["x", "reset", "begin again (asks first); what you have written is stored"],
    ["u", "earlier", "what you wrote earlier; a digit brings it back"],
    ["f", "format", "the next module format: cjs, esm, ts; each has its own files"],
    ["r", "run", "check again"],
    ["↑↓", "row", "choose a row; scroll what is open"],
    ["⏎", "trace", "what went over the wire in the chosen row"],
    ["w", "task", "the task"],
    ["o", "page", "this exercise on the sandbox page, in your own browser"],
    ["?", "help", "this help; Esc leads back"],
    ["q", "quit", "back to the lesson, or quit; Ctrl-C always quits"],
  ] satisfies [key: string, does: string, meaning: string][]
).map(([key, does, meaning]) => ({ key, does, meaning }));

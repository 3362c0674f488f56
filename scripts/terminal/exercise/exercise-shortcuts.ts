// The keys of an open exercise.

/** Each key with what it does, for the line at the bottom and for help. */
export const KEYS: readonly { key: string; does: string; meaning: string }[] = [
  {
    key: "h",
    does: "hint",
    meaning: "the next hint: the first is a question, the last nearly the answer",
  },
  { key: "d", does: "changes", meaning: "what you have changed since the start" },
  { key: "s", does: "solution", meaning: "from your files to the solution (asks first)" },
  { key: "x", does: "reset", meaning: "begin again (asks first); what you have written is stored" },
  { key: "u", does: "earlier", meaning: "what you wrote earlier; a digit brings it back" },
  {
    key: "f",
    does: "format",
    meaning: "the next module format: cjs, esm, ts; each has its own files",
  },
  { key: "r", does: "run", meaning: "check again" },
  { key: "↑↓", does: "row", meaning: "choose a row; scroll what is open" },
  { key: "⏎", does: "trace", meaning: "what went over the wire in the chosen row" },
  { key: "w", does: "task", meaning: "the task" },
  { key: "o", does: "page", meaning: "this exercise on the sandbox page, in your own browser" },
  { key: "?", does: "help", meaning: "this help; Esc leads back" },
  { key: "q", does: "quit", meaning: "back to the lesson, or quit; Ctrl-C always quits" },
];

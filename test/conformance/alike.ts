// Whether two requests get the same answer, apart from what differs in every answer: ids, times, counters.

/**
 * Compares word for word, and leaves out what differs between two answers of the same kind.
 * @param text the answer to judge; it came between the other two, so a time that is the same in both is the same in it
 */
export function isAlike(text: string, before: string, after: string): boolean {
  const [words, first, last] = [wordsOf(text), wordsOf(before), wordsOf(after)];
  if (words.length !== first.length || first.length !== last.length) return false;
  return words.every((word, at) => word === first[at] || first[at] !== last[at]);
}

function wordsOf(text: string): string[] {
  return text.split(/[\s"'<>,:;()[\]{}]+/);
}

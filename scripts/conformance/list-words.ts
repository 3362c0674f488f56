// A list in a sentence.

/** `a, b and c` */
export function listWords(words: readonly string[], and = "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${and} ${last}`;
}

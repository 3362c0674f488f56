// The clock of this process, for callers that are given no other.

/** The time as tokens have it, in whole seconds (NumericDate). @see RFC 7519 §2 */
export function secondsSince1970(): number {
  return Math.floor(Date.now() / 1000);
}

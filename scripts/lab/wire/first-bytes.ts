// Stores the first bytes of something that may be long.

/** How much of a body or a websocket message is stored: enough to read, and a bound on memory. */
export const MOST_STORED_BYTES = 16_384;

export class FirstBytes {
  // One buffer that grows, not a list: a sender may send a message byte by byte, or in empty parts.
  #stored: Buffer = Buffer.alloc(0);
  #used = 0;
  readonly #most: number;
  isCutShort = false;
  /** How many there were. */
  total = 0;

  constructor(most = MOST_STORED_BYTES) {
    this.#most = most;
  }

  add(bytes: Buffer): void {
    this.total += bytes.length;
    this.isCutShort = this.total > this.#most;
    const end = Math.min(this.total, this.#most);
    if (end > this.#stored.length) this.#grow(end);
    // A copy: the bytes that arrived share their memory with others, which would stay in memory with them.
    this.#used += bytes.copy(this.#stored, this.#used, 0, end - this.#used);
  }

  #grow(least: number): void {
    const larger = Buffer.alloc(Math.min(Math.max(least, 2 * this.#stored.length), this.#most));
    this.#stored.copy(larger);
    this.#stored = larger;
  }

  bytes(): Buffer {
    return this.#stored.subarray(0, this.#used);
  }
}

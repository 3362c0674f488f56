// Stores the first bytes of something that may be long.

/** How much of a body or a websocket message is stored: enough to read, and a bound on memory. */
export const KEPT_BYTES = 16_384;

export class KeptBytes {
  // One buffer that grows, and no list: a sender may send a message byte by byte, or in empty parts.
  #kept: Buffer = Buffer.alloc(0);
  #used = 0;
  readonly #most: number;
  isCutShort = false;
  /** How many there were. */
  total = 0;

  constructor(most = KEPT_BYTES) {
    this.#most = most;
  }

  add(bytes: Buffer): void {
    this.total += bytes.length;
    const end = Math.min(this.#used + bytes.length, this.#most);
    if (this.total > this.#most) this.isCutShort = true;
    if (end > this.#kept.length) this.#grow(end);
    // A copy: the bytes that arrived share their memory with others, which would stay in memory with them.
    this.#used += bytes.copy(this.#kept, this.#used, 0, end - this.#used);
  }

  #grow(least: number): void {
    const larger = Buffer.alloc(Math.min(Math.max(least, 2 * this.#kept.length), this.#most));
    this.#kept.copy(larger);
    this.#kept = larger;
  }

  bytes(): Buffer {
    return this.#kept.subarray(0, this.#used);
  }
}

// Stores the first bytes of something that may be long.

/** How much of a body or a websocket message is stored: enough to read, and a bound on memory. */
export const MOST_STORED_BYTES = 16_384;

export class FirstBytes {
  #parts: Buffer[] = [];
  #room: number;
  isCutShort = false;
  /** How many there were. */
  total = 0;

  constructor(room = MOST_STORED_BYTES) {
    this.#room = room;
  }

  add(bytes: Buffer): void {
    this.total += bytes.length;
    if (bytes.length > this.#room) this.isCutShort = true;
    if (this.#room === 0) return;
    // A copy: the bytes that arrived share their memory with others, which would stay in memory with them.
    const part = Buffer.from(bytes.subarray(0, this.#room));
    this.#room -= part.length;
    this.#parts.push(part);
  }

  bytes(): Buffer {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts)];
    return this.#parts[0] ?? Buffer.alloc(0);
  }
}

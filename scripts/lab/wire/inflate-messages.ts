// Reads the compressed messages of one direction of a websocket (permessage-deflate, RFC 7692 §7.2.2).
import { constants, inflateRawSync } from "node:zlib";

/** How far back a message may refer to those before it. */
const WINDOW_BYTES = 32_768;
/** A compressed message may become a thousand times as long. */
const LARGEST_MESSAGE_BYTES = 16_777_216;
/** Taken off each message before it is sent. */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

export class MessageInflater {
  #window: Buffer = Buffer.alloc(0);
  #isLost = false;

  /** Undefined if it cannot be read, as then those after it may not be either: they refer to it. */
  inflate(compressed: Buffer): Buffer | undefined {
    if (this.#isLost) return undefined;
    try {
      const bytes = inflateRawSync(Buffer.concat([compressed, TAIL]), {
        dictionary: this.#window,
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: LARGEST_MESSAGE_BYTES,
      });
      this.#window = Buffer.from(Buffer.concat([this.#window, bytes]).subarray(-WINDOW_BYTES));
      return bytes;
    } catch {
      // Not what its first bit says, or too large; the two sides are not disturbed by what is read of the copy.
      this.lose();
      return undefined;
    }
  }

  /** A message was too long to be stored whole. */
  lose(): void {
    this.#isLost = true;
    this.#window = Buffer.alloc(0);
  }
}

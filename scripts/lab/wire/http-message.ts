// Reads one HTTP/1 message from bytes as they arrive, and finds where it ends.
import { type BodyReader, readBody } from "./http-body.ts";
import { type Framing, framingOf, type Head, readHead } from "./http-head.ts";
import { FirstBytes } from "./first-bytes.ts";

// Four times what Node itself accepts (`--max-http-header-size`).
export const LONGEST_HEAD_BYTES = 65_536;

// Our own parser, and not http-parser-js 0.5.10: that one does not say where a message ends, and never ends itself on a
// chunk of negative size.
export class MessageReader {
  /** What is stored of the body, without the marks of its chunks. */
  readonly body = new FirstBytes();
  readonly #isAnswerToHead: boolean;
  #head: Head | undefined;
  #headBytes: Buffer = Buffer.alloc(0);
  #framing: Framing | undefined;
  #body: BodyReader | undefined;
  #isMalformed = false;

  constructor({ isAnswerToHead = false } = {}) {
    this.#isAnswerToHead = isAnswerToHead;
  }

  get state(): "head" | "reading" | "complete" | "malformed" {
    if (this.#isMalformed) return "malformed";
    return this.#body?.state ?? "head";
  }

  /** Only the end of the connection ends the body. */
  get isEndedByClose(): boolean {
    return this.#body?.state === "reading" && this.#framing?.by === "close";
  }

  /** The head; as far as it came, if it is not complete. */
  get head(): Head | undefined {
    return this.#head ?? readHead(this.#headBytes.toString("latin1"));
  }

  /** Reads on. Returns how many of the bytes belong to the message; fewer than all only if it is complete or malformed. */
  read(bytes: Buffer): number {
    const headUsed = this.#body === undefined ? this.#readHead(bytes) : 0;
    return headUsed + (this.#body?.read(bytes.subarray(headUsed)) ?? 0);
  }

  #readHead(bytes: Buffer): number {
    const before = this.#headBytes.length;
    const seen = Buffer.concat([this.#headBytes, bytes]);
    // The last three bytes from before may be the beginning of the mark.
    const mark = seen.indexOf("\r\n\r\n", Math.max(0, before - 3));
    if (mark === -1) {
      this.#headBytes = seen;
      this.#isMalformed = seen.length > LONGEST_HEAD_BYTES;
      return bytes.length;
    }
    this.#headBytes = seen.subarray(0, mark);
    this.#endHead();
    return mark + 4 - before;
  }

  #endHead(): void {
    this.#head = readHead(this.#headBytes.toString("latin1"));
    this.#headBytes = Buffer.from(this.#head ? "" : this.#headBytes);
    this.#framing = this.#head ? framingOf(this.#head, this.#isAnswerToHead) : { by: "malformed" };
    this.#body = readBody(this.#framing, (content) => this.body.add(content));
  }
}

// Finds the end of an HTTP body, however its bytes are split, and hands out what is in it.
import type { Framing } from "./http-head.ts";

export interface BodyReader {
  /** Reads on. Returns how many of the bytes belong to the body; fewer than all only when it is complete. */
  read(bytes: Buffer): number;
  readonly state: "reading" | "complete" | "malformed";
}

type OnContent = (content: Buffer) => void;

// A line that gives the size of a chunk, its extensions included, or a trailer.
const LONGEST_LINE_BYTES = 8_192;

export function readBody(framing: Framing, onContent: OnContent): BodyReader {
  if (framing.by === "chunks") return new ChunkedBody(onContent);
  if (framing.by === "length") return new SizedBody(framing.bytes, onContent);
  // A body that ends with its connection is one that never reaches its size.
  if (framing.by === "close") return new SizedBody(Infinity, onContent);
  return { state: "malformed", read: () => 0 };
}

class SizedBody implements BodyReader {
  #missing: number;
  readonly #onContent: OnContent;

  constructor(bytes: number, onContent: OnContent) {
    this.#missing = bytes;
    this.#onContent = onContent;
  }

  get state(): "reading" | "complete" {
    return this.#missing === 0 ? "complete" : "reading";
  }

  read(bytes: Buffer): number {
    const used = Math.min(bytes.length, this.#missing);
    this.#missing -= used;
    if (used > 0) this.#onContent(bytes.subarray(0, used));
    return used;
  }
}

/** A body in chunks, with or without trailers (RFC 9112 §7.1). */
class ChunkedBody implements BodyReader {
  state: "reading" | "complete" | "malformed" = "reading";
  #part: "size" | "content" | "line end" | "trailer" = "size";
  #line = "";
  #missing = 0;
  readonly #onContent: OnContent;

  constructor(onContent: OnContent) {
    this.#onContent = onContent;
  }

  read(bytes: Buffer): number {
    let used = 0;
    while (used < bytes.length && this.state === "reading") {
      const rest = bytes.subarray(used);
      used += this.#part === "content" ? this.#readContent(rest) : this.#readLine(rest);
    }
    return used;
  }

  #readContent(bytes: Buffer): number {
    const used = Math.min(bytes.length, this.#missing);
    this.#missing -= used;
    this.#onContent(bytes.subarray(0, used));
    if (this.#missing === 0) this.#part = "line end";
    return used;
  }

  #readLine(bytes: Buffer): number {
    const end = bytes.indexOf("\n") + 1;
    const used = end || bytes.length;
    this.#line += bytes.toString("latin1", 0, used);
    if (this.#line.length > LONGEST_LINE_BYTES) this.state = "malformed";
    if (end === 0) return used;
    this.#endLine(this.#line.trim());
    this.#line = "";
    return used;
  }

  #endLine(line: string): void {
    if (this.#part === "size") this.#startChunk(line);
    else if (this.#part === "line end") {
      this.#part = "size";
      if (line !== "") this.state = "malformed";
    } else if (line === "") this.state = "complete";
  }

  #startChunk(line: string): void {
    const size = /^([\da-f]{1,12})\s*(?:;|$)/i.exec(line)?.[1];
    if (size === undefined) this.state = "malformed";
    else {
      this.#missing = Number.parseInt(size, 16);
      this.#part = this.#missing === 0 ? "trailer" : "content";
    }
  }
}

// Reads websocket frames from bytes as they arrive (RFC 6455 §5.2).
import { MOST_STORED_BYTES, FirstBytes } from "./first-bytes.ts";

export interface Frame {
  /** `text`, `binary`, `continuation`, `close`, `ping`, `pong`, or `reserved`. */
  opcode: string;
  isFinal: boolean;
  /** The first reserved bit: the message is compressed (RFC 7692 §6). */
  isCompressed: boolean;
  /** Unmasked; only its beginning, if it is long. */
  payload: Buffer;
  isCutShort: boolean;
  /** How long the whole payload is. */
  bytes: number;
}

/** Compressed bytes say nothing without those before them: all are stored until their message is complete, up to this. */
export const MOST_COMPRESSED_BYTES = 1_048_576;

const OPCODES: Record<number, string> = {
  0: "continuation",
  1: "text",
  2: "binary",
  8: "close",
  9: "ping",
  10: "pong",
};

const NO_BYTES: Buffer = Buffer.alloc(0);

interface Header {
  opcode: string;
  isFinal: boolean;
  isCompressed: boolean;
  mask: Buffer | undefined;
  /** How long the payload is. */
  bytes: number;
  headerBytes: number;
}

/** Reads the frames of one direction and hands out each that is complete. */
export class FrameReader {
  #unread = NO_BYTES;
  #header: Header | undefined;
  #missing = 0;
  #payload = new FirstBytes();
  #isInCompressed = false;
  readonly #onFrame: (frame: Frame) => void;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  read(bytes: Buffer): void {
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    while (this.#readPart()) {
      // Each turn takes a header or a payload from the bytes.
    }
    // An empty part of what arrived would keep all of it.
    if (this.#unread.length === 0) this.#unread = NO_BYTES;
  }

  #readPart(): boolean {
    if (this.#header === undefined) return this.#readHeader();
    const part = this.#unread.subarray(0, this.#missing);
    this.#payload.add(part);
    this.#unread = this.#unread.subarray(part.length);
    this.#missing -= part.length;
    if (this.#missing > 0) return false;
    this.#endFrame(this.#header);
    return true;
  }

  #readHeader(): boolean {
    const header = readFrameHeader(this.#unread);
    if (header === undefined) return false;
    this.#header = header;
    this.#missing = header.bytes;
    if (header.opcode === "text" || header.opcode === "binary")
      this.#isInCompressed = header.isCompressed;
    this.#payload = new FirstBytes(
      this.#isInCompressed ? MOST_COMPRESSED_BYTES : MOST_STORED_BYTES,
    );
    this.#unread = this.#unread.subarray(header.headerBytes);
    return true;
  }

  #endFrame({ opcode, isFinal, isCompressed, mask }: Header): void {
    const payload = unmask(this.#payload.bytes(), mask);
    this.#header = undefined;
    const { isCutShort, total: bytes } = this.#payload;
    this.#onFrame({ opcode, isFinal, isCompressed, payload, isCutShort, bytes });
  }
}

/** The header at the beginning of the bytes; undefined while some of it is missing. */
function readFrameHeader(bytes: Buffer): Header | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const shortLength = second & 0x7f;
  const lengthBytes = shortLength === 127 ? 8 : shortLength === 126 ? 2 : 0;
  const maskBytes = second & 0x80 ? 4 : 0;
  const headerBytes = 2 + lengthBytes + maskBytes;
  if (bytes.length < headerBytes) return undefined;
  return {
    opcode: OPCODES[first & 0x0f] ?? "reserved",
    isFinal: (first & 0x80) !== 0,
    isCompressed: (first & 0x40) !== 0,
    mask: maskBytes ? Buffer.from(bytes.subarray(headerBytes - 4, headerBytes)) : undefined,
    bytes: lengthBytes ? readLength(bytes, lengthBytes) : shortLength,
    headerBytes,
  };
}

function readLength(bytes: Buffer, lengthBytes: number): number {
  return lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
}

/** Clients mask what they send (RFC 6455 §5.3); servers do not. */
function unmask(payload: Buffer, mask: Buffer | undefined): Buffer {
  if (mask === undefined) return payload;
  const plain = Buffer.allocUnsafe(payload.length);
  for (let at = 0; at < payload.length; at += 1) plain[at] = payload[at]! ^ mask[at & 3]!;
  return plain;
}

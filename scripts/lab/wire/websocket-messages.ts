// Puts the fragments of websocket messages together again (RFC 6455 §5.4), and reads those that are compressed.
import { MessageInflater } from "./inflate-messages.ts";
import { MOST_STORED_BYTES, FirstBytes } from "./first-bytes.ts";
import { type Frame, MOST_COMPRESSED_BYTES } from "./websocket-frames.ts";

export interface WebSocketMessage {
  isText: boolean;
  /** It could not be read, as it is compressed. */
  isUnreadable: boolean;
  isCutShort: boolean;
  /** What is stored of it. */
  bytes: Buffer;
  /** How long it was. */
  total: number;
}

interface Begun {
  isText: boolean;
  isCompressed: boolean;
  isCutShort: boolean;
  total: number;
  parts: FirstBytes;
}

/** The messages of one direction. */
export class MessageAssembly {
  #begun: Begun | undefined;
  readonly #inflater = new MessageInflater();

  /** Adds a frame. Returns the message that it completes; undefined if it completes none. */
  add(frame: Frame): WebSocketMessage | undefined {
    const { opcode } = frame;
    if (opcode === "text" || opcode === "binary") this.#begin(frame);
    else if (opcode !== "continuation") return undefined;
    return this.#continue(frame);
  }

  #begin({ opcode, isCompressed }: Frame): void {
    const parts = new FirstBytes(isCompressed ? MOST_COMPRESSED_BYTES : MOST_STORED_BYTES);
    this.#begun = { isText: opcode === "text", isCompressed, isCutShort: false, total: 0, parts };
  }

  #continue({ payload, isCutShort, isFinal, bytes }: Frame): WebSocketMessage | undefined {
    const begun = this.#begun;
    if (begun === undefined) return undefined;
    begun.parts.add(payload);
    begun.total += bytes;
    begun.isCutShort ||= isCutShort || begun.parts.isCutShort;
    if (!isFinal) return undefined;
    this.#begun = undefined;
    return begun.isCompressed ? this.#inflate(begun) : readAsItIs(begun);
  }

  #inflate({ isText, isCutShort, parts, total }: Begun): WebSocketMessage {
    if (isCutShort) this.#inflater.lose();
    const whole = this.#inflater.inflate(parts.bytes());
    if (whole === undefined)
      return { isText, isUnreadable: true, isCutShort, bytes: Buffer.alloc(0), total };
    const kept = new FirstBytes();
    kept.add(whole);
    return { isText, isUnreadable: false, ...factsOf(kept) };
  }
}

function readAsItIs({ isText, isCutShort, parts, total }: Begun): WebSocketMessage {
  return { isText, isUnreadable: false, isCutShort, bytes: parts.bytes(), total };
}

function factsOf(kept: FirstBytes): Pick<WebSocketMessage, "isCutShort" | "bytes" | "total"> {
  return { isCutShort: kept.isCutShort, bytes: kept.bytes(), total: kept.total };
}

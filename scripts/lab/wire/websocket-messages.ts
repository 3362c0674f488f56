// Puts the fragments of websocket messages together again (RFC 6455 §5.4).
import { KeptBytes } from "./kept-bytes.ts";
import type { Frame } from "./websocket-frames.ts";

export interface WebSocketMessage {
  isText: boolean;
  isCompressed: boolean;
  isCutShort: boolean;
  bytes: Buffer;
}

interface Begun extends Omit<WebSocketMessage, "bytes"> {
  parts: KeptBytes;
}

/** The messages of one direction. */
export class MessageAssembly {
  #begun: Begun | undefined;

  /** Adds a frame. Returns the message that it completes; undefined if it completes none. */
  add(frame: Frame): WebSocketMessage | undefined {
    const { opcode } = frame;
    if (opcode === "text" || opcode === "binary") this.#begin(frame);
    else if (opcode !== "continuation") return undefined;
    return this.#continue(frame);
  }

  #begin({ opcode, isCompressed }: Frame): void {
    const parts = new KeptBytes();
    this.#begun = { isText: opcode === "text", isCompressed, isCutShort: false, parts };
  }

  #continue({ payload, isCutShort, isFinal }: Frame): WebSocketMessage | undefined {
    if (this.#begun === undefined) return undefined;
    const { parts, ...message } = this.#begun;
    parts.add(payload);
    this.#begun.isCutShort ||= isCutShort || parts.isCutShort;
    if (!isFinal) return undefined;
    const { isCutShort: isShort } = this.#begun;
    this.#begun = undefined;
    return { ...message, isCutShort: isShort, bytes: parts.bytes() };
  }
}

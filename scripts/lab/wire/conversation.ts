// Follows the copy of what one connection to a server carries: where each request ends, which are unanswered, what comes
// after an upgrade.
import { asksForUpgrade } from "./http-head.ts";
import { MessageReader } from "./http-message.ts";
import type { ConnectionRecording } from "./connection-recording.ts";
import { type Frame, FrameReader } from "./websocket-frames.ts";

type Phase =
  | "between requests"
  | "in a request"
  // The next bytes of the client are frames or a request: the answer decides.
  | "upgrade asked"
  | "frames"
  // What the client sends cannot be read as HTTP; the server will judge it.
  | "unreadable";

export class Conversation {
  phase: Phase = "between requests";
  #request: MessageReader | undefined;
  #response: MessageReader | undefined;
  #unanswered: MessageReader[] = [];
  #isServerReadable = true;
  readonly #closeFrames = new Set<"client" | "server">();
  readonly #recording: ConnectionRecording | undefined;
  readonly #frames = {
    client: new FrameReader((frame) => this.#addFrame("client", frame)),
    server: new FrameReader((frame) => this.#addFrame("server", frame)),
  };

  readonly #onAnswer: ((response: MessageReader) => void) | undefined;

  /**
   * @param recording where what was seen goes; undefined to record nothing
   * @param onAnswer called with each response once it is complete
   */
  constructor(
    recording: ConnectionRecording | undefined,
    onAnswer?: (response: MessageReader) => void,
  ) {
    this.#recording = recording;
    this.#onAnswer = onAnswer;
  }

  /** Every request has its answer. */
  get isIdle(): boolean {
    return this.#unanswered.length === 0 && this.phase === "between requests";
  }

  /** What the server sends next begins a response. */
  get isBeforeResponse(): boolean {
    return this.phase !== "frames" && this.#response === undefined;
  }

  /** Something is missing, should the connection end now: an answer, or the close frame of a websocket. */
  get isUnfinished(): boolean {
    return this.#unanswered.length > 0 || (this.phase === "frames" && this.#closeFrames.size === 0);
  }

  /** Both sides of a websocket have said that they close it (RFC 6455 §7.1.3): however it ends now, nothing is lost. */
  get isClosed(): boolean {
    return this.#closeFrames.size === 2;
  }

  /** The next bytes of the client begin a request. */
  beginRequest(): void {
    this.#request = new MessageReader();
    this.#unanswered.push(this.#request);
    this.#recording?.addRequest(this.#request);
    this.phase = "in a request";
  }

  /** Reads what the client sent. Returns how many bytes belong to what it is sending now: a request, or all that follows. */
  readFromClient(bytes: Buffer): number {
    if (this.phase === "frames") this.#frames.client.read(bytes);
    if (this.phase !== "in a request" || this.#request === undefined) return bytes.length;
    const used = this.#request.read(bytes);
    if (this.#request.state === "complete") this.#endRequest(this.#request);
    if (this.#request.state !== "malformed") return used;
    this.phase = "unreadable";
    return bytes.length;
  }

  #endRequest({ head }: MessageReader): void {
    this.phase = head && asksForUpgrade(head) ? "upgrade asked" : "between requests";
  }

  /** Reads what the server sent. */
  readFromServer(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0 && this.#isServerReadable) {
      if (this.phase === "frames") return this.#frames.server.read(rest);
      rest = rest.subarray(this.#readResponse(rest));
    }
  }

  #readResponse(bytes: Buffer): number {
    this.#response ??= this.#beginResponse();
    const used = this.#response.read(bytes);
    const { state } = this.#response;
    if (state === "malformed") this.#isServerReadable = false;
    if (state === "complete") this.#endResponse(this.#response);
    return used;
  }

  #beginResponse(): MessageReader {
    const request = this.#unanswered[0];
    const response = new MessageReader({ isAnswerToHead: request?.head?.method === "HEAD" });
    this.#recording?.addResponse(response, request);
    return response;
  }

  #endResponse(response: MessageReader): void {
    const status = response.head?.status ?? 0;
    this.#response = undefined;
    this.#onAnswer?.(response);
    // An interim response (1xx) is followed by the answer itself; 101 is the answer.
    if (status < 200 && status !== 101) return;
    this.#unanswered.shift();
    if (status === 101) this.phase = "frames";
    else if (this.phase === "upgrade asked") this.phase = "between requests";
  }

  /** The server has sent all it will: a body that ends with its connection is complete. */
  endFromServer(): void {
    if (this.#response?.isEndedByClose === true) this.#endResponse(this.#response);
  }

  #addFrame(from: "client" | "server", frame: Frame): void {
    if (frame.opcode === "close") this.#closeFrames.add(from);
    this.#recording?.addFrame(from, frame);
  }
}

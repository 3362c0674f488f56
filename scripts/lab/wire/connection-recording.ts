// One TCP connection of an attempt: adds what came over it to the recording.
import type { Step } from "../../model/trace.ts";
import type { MessageReader } from "./http-message.ts";
import type { Described, Entry, Recording, Seen } from "./recording.ts";
import { describeFrame, describeRequest, describeResponse } from "./trace-steps.ts";
import type { Frame } from "./websocket-frames.ts";
import { MessageAssembly } from "./websocket-messages.ts";

export class ConnectionRecording {
  /** Counted from 1. */
  readonly connection: number;
  readonly #recording: Recording;
  readonly #messages = { client: new MessageAssembly(), server: new MessageAssembly() };
  readonly #requestIds = new WeakMap<MessageReader, number>();
  /** Those that the listener of steps does not know yet, since one of them is not complete. */
  #untold: Entry[] = [];
  #isOver = (): boolean => false;
  /** Adds a reason to the last check of its kind. */
  readonly #explain = new Map<string, (reason: string) => void>();

  constructor(connection: number, recording: Recording) {
    this.connection = connection;
    this.#recording = recording;
  }

  addRequest(request: MessageReader): void {
    const { id } = this.#add({
      from: "client",
      describe: () => describeRequest(request),
      isFinal: () => request.state === "complete",
    });
    this.#requestIds.set(request, id);
  }

  addResponse(response: MessageReader, request: MessageReader | undefined): void {
    const answers = request && this.#requestIds.get(request);
    this.#add({
      from: "server",
      describe: () => describeResponse(response, { request, answers }),
      isFinal: () => response.state === "complete",
    });
  }

  addFrame(from: Step["from"], frame: Frame): void {
    const message = this.#messages[from].add(frame);
    this.#add({ from, describe: () => describeFrame(frame, message), isFinal: () => true });
  }

  /** @param isCut asked each time, as a response may still come after the client has closed its side */
  addClosed(from: Step["from"], isCut: () => boolean, isOver: () => boolean): void {
    const describe = (): Described => ({ kind: "closed", isCut: isCut() });
    this.#add({ from, describe, isFinal: isOver });
    this.#isOver = isOver;
  }

  addCheck(what: string): void {
    this.#explain.set(what, this.#recording.addCheck(this.connection, what));
  }

  /** Adds why a check refused. */
  addReason(what: string, reason: string): void {
    this.#explain.get(what)?.(reason);
  }

  /** More has come, or the connection has ended. */
  changed(): void {
    this.#recording.changed();
    const open = this.#isOver() ? -1 : this.#untold.findIndex((entry) => !entry.isFinal());
    const told = this.#untold.splice(0, open === -1 ? this.#untold.length : open);
    for (const entry of told) this.#recording.tell(entry);
  }

  #add(seen: Seen): Entry {
    const entry = this.#recording.add(this.connection, seen);
    if (this.#recording.isFollowed) this.#untold.push(entry);
    return entry;
  }
}

// One connection to a server, on behalf of one connection of a client.
import { connect, type Socket } from "node:net";
import { Conversation } from "./conversation.ts";
import type { Recording } from "./recording.ts";
import { resetSocket } from "./reset-socket.ts";

/** A server that requests can go to. */
export interface Destination {
  /** Its port on 127.0.0.1. */
  readonly port: number;
  /** What is taken off the target of each request. */
  readonly prefix: string;
  /** Where to tell what was seen; undefined to tell it nowhere. */
  readonly recording: Recording | undefined;
  /** Called with the port that a connection comes from, and its number in the recording. */
  readonly onConnected: (localPort: number, connection: number) => void;
}

/** What a client's connection learns of a link. */
export interface LinkListener {
  /** Returns false while the client cannot take more. */
  data(link: Link, bytes: Buffer): boolean;
  /** The server can take more. */
  drain(link: Link): void;
  /** The server has sent all it will. */
  end(link: Link): void;
  /** The server could not be reached, or has reset the connection. */
  reset(link: Link): void;
}

export class Link {
  readonly conversation: Conversation;
  readonly #socket: Socket;
  readonly #recordClosed: (from: "client" | "server") => void;
  #firstEnd: "client" | "server" | undefined;
  #isOver = false;
  #wasReset = false;

  constructor(destination: Destination, listener: LinkListener) {
    const recording = destination.recording?.openConnection();
    this.conversation = new Conversation(recording);
    this.#recordClosed = (from) => recording?.addClosed(from, () => this.#isCut());
    this.#socket = connect({
      port: destination.port,
      host: "127.0.0.1",
      allowHalfOpen: true,
      noDelay: true,
    });
    this.#socket.once("connect", () =>
      destination.onConnected(this.#socket.localPort ?? 0, recording?.connection ?? 0),
    );
    this.#listen(listener);
  }

  #listen(listener: LinkListener): void {
    this.#socket.on("data", (bytes) => {
      this.conversation.readFromServer(bytes);
      if (!listener.data(this, bytes)) this.#socket.pause();
    });
    this.#socket.on("drain", () => listener.drain(this));
    this.#socket.on("end", () => {
      this.conversation.endFromServer();
      this.#noteEnd("server", true);
      listener.end(this);
    });
    this.#socket.on("error", () => {
      this.#wasReset = true;
      this.#noteEnd("server", true);
      listener.reset(this);
    });
    this.#socket.on("close", () => {
      this.#isOver = true;
    });
  }

  /** Returns false while the server cannot take more. */
  write(bytes: Buffer): boolean {
    return this.#socket.write(bytes);
  }

  resume(): void {
    this.#socket.resume();
  }

  /** The client has sent all it will. */
  end(): void {
    this.#noteEnd("client", false);
    this.#socket.end();
  }

  /** The client is gone: nobody takes what would still come. */
  close(): void {
    this.#noteEnd("client", false);
    this.#socket.destroySoon();
  }

  /** The client has reset its connection. */
  reset(): void {
    if (this.#socket.destroyed) return;
    this.#wasReset = true;
    this.#noteEnd("client", true);
    resetSocket(this.#socket);
  }

  #noteEnd(from: "client" | "server", isOver: boolean): void {
    this.#isOver ||= isOver;
    if (this.#firstEnd !== undefined) return;
    this.#firstEnd = from;
    this.#recordClosed(from);
  }

  #isCut(): boolean {
    const { isClosed, isUnfinished } = this.conversation;
    return !isClosed && (this.#wasReset || (this.#isOver && isUnfinished));
  }
}

// One connection to a server, on behalf of one connection of a client.
import { connect, type Socket } from "node:net";
import { Conversation } from "./conversation.ts";
import { CookieMover } from "./cookie-paths.ts";
import type { MessageReader } from "./http-message.ts";
import type { ConnectionRecording } from "./connection-recording.ts";
import type { Recording } from "./recording.ts";
import { resetSocket } from "./reset-socket.ts";

/** A server that requests can go to, under a prefix or without one. */
export interface Destination {
  /** Opens a connection to it. */
  readonly connect: () => Socket;
  /** What is taken off the target of each request; empty for none. */
  readonly prefix: string;
  /** Its number among several, counted from 1. */
  readonly number?: number;
  /** What the head of each request becomes; nothing in it changes, if left out. */
  readonly rewriteHead?: (head: string) => string;
  /** Where what was seen goes. Several destinations may share one; undefined to record nothing. */
  readonly recording?: Recording;
  /** Called with the port that a connection comes from, by which the server's log knows it. */
  readonly onConnected?: (localPort: number, connection: ConnectionRecording) => void;
  /** Called with each of its answers, before that is passed on. */
  readonly onAnswer?: (response: MessageReader) => void;
  /** Called if it cannot be reached, or resets a connection. */
  readonly onError?: (error: NodeJS.ErrnoException) => void;
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
  readonly #recording: ConnectionRecording | undefined;
  /** One side has, which is in the recording. */
  #hasEnded = false;
  #isOver = false;
  #wasReset = false;

  constructor(destination: Destination, listener: LinkListener) {
    const { recording, number, onConnected, onAnswer, onError } = destination;
    const connection = recording?.openConnection(number);
    this.#recording = connection;
    this.conversation = new Conversation(connection, onAnswer);
    this.#socket = destination.connect();
    if (connection !== undefined)
      this.#socket.once("connect", () => onConnected?.(this.#socket.localPort!, connection));
    if (onError !== undefined) this.#socket.once("error", onError);
    this.#listen(listener, destination.prefix);
  }

  #listen(listener: LinkListener, prefix: string): void {
    const cookies = new CookieMover(prefix);
    this.#socket.on("data", (bytes) => {
      const { isBeforeResponse } = this.conversation;
      this.conversation.readFromServer(bytes);
      this.#recording?.changed();
      const passed = cookies.pass(bytes, isBeforeResponse);
      if (passed.length > 0 && !listener.data(this, passed)) this.#socket.pause();
    });
    this.#socket.on("drain", () => listener.drain(this));
    this.#socket.on("end", () => {
      listener.data(this, cookies.rest());
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
      this.#recording?.changed();
    });
  }

  /** Returns false while the server cannot take more. */
  write(bytes: Buffer): boolean {
    this.#recording?.changed();
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
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#recording?.addClosed(
      from,
      () => this.#isCut(),
      () => this.#socket.closed,
    );
    this.#recording?.changed();
  }

  #isCut(): boolean {
    const { isClosed, isUnfinished } = this.conversation;
    return !isClosed && (this.#wasReset || (this.#isOver && isUnfinished));
  }
}

/** Connects to a server without TLS, in the way that a link needs. */
export function connectPlainly(port: number, host: string): Socket {
  return connect({ port, host, allowHalfOpen: true, noDelay: true });
}

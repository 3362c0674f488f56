// The control channel: calls that resolve with their answer, news that come by themselves, lost and regained.
import { io, type Socket } from "socket.io-client";
import type {
  Answers,
  ArgumentsOf,
  CallName,
  PageToServer,
  Reply,
  ServerToPage,
  Welcome,
} from "../../../scripts/model/protocol.ts";
import { askForProof } from "./key-proof.ts";

/** A call came back without an answer: `LOST` if the server went away, else `REFUSED` with its sentence. */
export class CallError extends Error {
  readonly code: "LOST" | "REFUSED";

  constructor(code: "LOST" | "REFUSED", message: string) {
    super(message);
    this.code = code;
  }
}

/** What happens on the channel. */
export interface ChannelEvents {
  /** Let in. */
  connected(welcome: Welcome): void;
  /** The channel reconnects automatically when the server is back. @param reason one sentence, if it is known */
  lost(reason?: string): void;
  /** The server is there, and no key or pass of this tab is valid. */
  refused(sentence: string): void;
  log: ServerToPage["log"];
  earlierLog: ServerToPage["earlierLog"];
  progress: ServerToPage["progress"];
}

export interface Channel {
  /** @throws CallError */
  call<Name extends CallName>(name: Name, ...args: ArgumentsOf<Name>): Promise<Answers[Name]>;
  /** Tries again with another key first. */
  useKey(key: string): void;
  /** @param listener called when a trace has news, and resolves once it has read them */
  whenTraced(listener: () => Promise<void>): void;
}

/** An attempt takes a few seconds at most; before it, it may wait for a minute until the machine has room for it. */
const ANSWER_TIMEOUT_MS = 90_000;

const BLOCKED =
  "The sandbox answers, but websockets to it fail: a proxy on the way must let websockets through.";
/** A server that is just starting can fail once or twice. */
const FAILURES_OF_A_PROXY = 3;

/**
 * Opens the channel and keeps it open.
 * @param keys keys and passes, tried in this order; without any, the channel waits for `useKey`
 */
export function openChannel(keys: readonly string[], events: ChannelEvents): Channel {
  let left = [...keys];
  let failures = 0;
  let onTraced: (() => Promise<void>) | undefined;
  const socket: Socket<ServerToPage, PageToServer> = io({
    path: "/control/socket.io",
    // Lesson 3: the payload works on every transport, so the page needs no polling first.
    transports: ["websocket"],
    auth: (give) => void introduce(give),
    autoConnect: keys.length > 0,
    reconnectionDelay: 200,
    reconnectionDelayMax: 1_500,
  });

  // Another program may listen at this port now. Nothing is sent before the server has proved that it knows the key.
  async function introduce(give: (auth: { key: string }) => void): Promise<void> {
    const { engine } = socket.io;
    const [key = ""] = left;
    const proof = await askForProof(key);
    // The connection may have ended meanwhile; the next one is introduced on its own.
    if (key !== left[0] || engine !== socket.io.engine || !socket.active) return;
    if (proof.is === "sandbox") give({ key });
    else if (proof.is === "refusal") refuse(proof.sentence);
    // Socket.IO tries again later.
    else engine.close();
  }

  function refuse(sentence: string): void {
    left.shift();
    socket.disconnect();
    if (left.length > 0) socket.connect();
    else events.refused(sentence);
  }

  /** A websocket fails without a reason, a plain request has one. */
  async function explainFailure(): Promise<void> {
    failures += 1;
    const proof = await askForProof(left[0] ?? "");
    if (!socket.active || socket.connected) return;
    if (proof.is === "refusal") refuse(proof.sentence);
    else if (proof.is === "sandbox" && failures >= FAILURES_OF_A_PROXY) events.lost(BLOCKED);
    else events.lost();
  }

  socket.on("welcome", (welcome, received) => {
    failures = 0;
    if (welcome.pass !== null) left = [welcome.pass];
    events.connected(welcome);
    received();
  });
  socket.on("disconnect", () => events.lost());
  socket.on("connect_error", (error) => {
    // Active: there was no connection, and it is tried again. Not active: the namespace said no.
    if (socket.active) void explainFailure();
    else refuse(error.message);
  });
  socket.on("log", (entry) => events.log(entry));
  socket.on("earlierLog", (entries) => events.earlierLog(entries));
  socket.on("traced", (done) => void Promise.resolve(onTraced?.()).finally(done));
  socket.on("progress", (lessons) => events.progress(lessons));

  return {
    async call(name, ...args) {
      const reply = await ask(socket, name, args);
      if ("error" in reply) throw new CallError("REFUSED", reply.error);
      return reply.answer as Answers[typeof name];
    },
    useKey(key) {
      left = [key, ...left];
      socket.disconnect().connect();
    },
    whenTraced: (listener) => void (onTraced = listener),
  };
}

// A call that waits in a buffer until the server is back would come from another time: it fails at once instead.
async function ask(
  socket: Socket<ServerToPage, PageToServer>,
  name: CallName,
  args: unknown[],
): Promise<Reply<unknown>> {
  if (!socket.connected) throw new CallError("LOST", "The sandbox is not reachable.");
  const untyped = socket as unknown as Socket;
  try {
    return (await untyped.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, ...args)) as Reply<unknown>;
  } catch (error) {
    // socket.io-client 4.8 rejects when the time is over or the connection ends before the acknowledgement.
    if (!socket.connected) throw new CallError("LOST", "The sandbox went away.");
    throw new CallError("REFUSED", `The sandbox did not answer: ${(error as Error).message}.`);
  }
}

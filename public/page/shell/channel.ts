// The control channel: calls that resolve with their answer, news that come by themselves, lost and regained.
import { io, type Socket } from "socket.io-client";
import type { PageToServer, Reply, ServerToPage } from "../../../scripts/model/protocol.ts";

type CallName = keyof PageToServer;
type ArgumentsOf<Name extends CallName> =
  Parameters<PageToServer[Name]> extends [...infer Arguments, unknown] ? Arguments : never;
type AnswerOf<Name extends CallName> =
  Parameters<PageToServer[Name]> extends [...unknown[], (reply: Reply<infer Answer>) => void]
    ? Answer
    : never;

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
  connected(): void;
  /** It will be there again by itself as soon as the server is. */
  lost(): void;
  /** The server is there and does not want us: the key is not its own. */
  refused(sentence: string): void;
  log: ServerToPage["log"];
  earlierLog: ServerToPage["earlierLog"];
  progress: ServerToPage["progress"];
}

export interface Channel {
  /** @throws CallError */
  call<Name extends CallName>(name: Name, ...args: ArgumentsOf<Name>): Promise<AnswerOf<Name>>;
  /** Tries again with another key. */
  useKey(key: string): void;
}

/** An attempt takes a few seconds at most; before it, it may wait for a minute until the machine has room for it. */
const ANSWER_TIMEOUT_MS = 90_000;

/** Opens the channel and keeps it open. Without a key it waits for `useKey`. */
export function openChannel(key: string | undefined, events: ChannelEvents): Channel {
  let currentKey = key;
  const socket: Socket<ServerToPage, PageToServer> = io({
    path: "/control/socket.io",
    // Lesson 3: the payload works on every transport, so the page needs no polling first.
    transports: ["websocket"],
    auth: (give) => give({ key: currentKey }),
    autoConnect: key !== undefined,
    reconnectionDelay: 200,
    reconnectionDelayMax: 1_500,
  });
  socket.on("connect", () => events.connected());
  socket.on("disconnect", () => events.lost());
  socket.on("connect_error", (error) => {
    // Active: there was no connection, and it is tried again. Not active: the namespace said no.
    if (socket.active) events.lost();
    else events.refused(error.message);
  });
  socket.on("log", (entry) => events.log(entry));
  socket.on("earlierLog", (entries) => events.earlierLog(entries));
  socket.on("progress", (lessons) => events.progress(lessons));

  return {
    async call(name, ...args) {
      const reply = await ask(socket, name, args);
      if ("error" in reply) throw new CallError("REFUSED", reply.error);
      return reply.answer as AnswerOf<typeof name>;
    },
    useKey(newKey) {
      currentKey = newKey;
      socket.disconnect().connect();
    },
  };
}

// A call that waits in a buffer until the server is back would come from another time: it fails at once instead.
async function ask(
  socket: Socket<ServerToPage, PageToServer>,
  name: CallName,
  args: unknown[],
): Promise<Reply<unknown>> {
  if (!socket.connected) throw new CallError("LOST", "The sandbox server is away.");
  const untyped = socket as unknown as Socket;
  try {
    return (await untyped.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, ...args)) as Reply<unknown>;
  } catch (error) {
    // socket.io-client 4.8 rejects when the time is over or the connection ends before the acknowledgement.
    if (!socket.connected) throw new CallError("LOST", "The sandbox server went away.");
    throw new CallError(
      "REFUSED",
      `The sandbox server did not answer: ${(error as Error).message}.`,
    );
  }
}

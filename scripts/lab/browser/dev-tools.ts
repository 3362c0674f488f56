// Speaks the Chrome DevTools Protocol over a pair of pipes.
// Not by a library: to load playwright-core takes four times as long as a browser takes to answer.
import type { Readable, Writable } from "node:stream";

/** What the browser said to a command that it could not follow, or how it ended. */
export class BrowserError extends Error {
  readonly code = "BROWSER_FAILED";
}

type Fields = Record<string, unknown>;

interface Message {
  id?: number;
  method?: string;
  sessionId?: string;
  params?: Fields;
  result?: Fields;
  error?: { message: string };
}

/** @see https://chromedevtools.github.io/devtools-protocol/ */
export interface DevTools {
  /** @param sessionId the page that is meant; the browser itself, if left out */
  send(method: string, params?: Fields, sessionId?: string): Promise<Fields>;
  /** Resolves with the next event of that name from that page. */
  next(event: string, sessionId: string): Promise<Fields>;
  /** Lets all calls fail with this message: those that wait, and those that follow. */
  end(message: string): void;
  hasEnded(): boolean;
}

interface Waiting {
  resolve: (fields: Fields) => void;
  reject: (error: BrowserError) => void;
}

/** @param commands the pipe that the browser reads @param answers the pipe that it writes */
export function speakDevTools(commands: Writable, answers: Readable): DevTools {
  const waiting = new Map<string, Waiting & { sessionId: string | undefined }>();
  let lastId = 0;
  let ending: BrowserError | undefined;

  function waitFor(key: string, sessionId: string | undefined): Promise<Fields> {
    return new Promise((resolve, reject) => {
      if (ending === undefined) waiting.set(key, { resolve, reject, sessionId });
      else reject(ending);
    });
  }

  function failAll(sessionId: string | undefined, error: BrowserError): void {
    for (const [key, waiter] of waiting) {
      if (sessionId !== undefined && waiter.sessionId !== sessionId) continue;
      waiting.delete(key);
      waiter.reject(error);
    }
  }

  function receive(message: Message): void {
    // A page that has crashed answers nothing any more.
    if (message.method === "Inspector.targetCrashed")
      return failAll(message.sessionId, new BrowserError("The page crashed in the browser."));
    const key = message.id === undefined ? eventKey(message) : String(message.id);
    const waiter = waiting.get(key);
    waiting.delete(key);
    if (message.error === undefined) waiter?.resolve(message.result ?? message.params ?? {});
    else
      waiter?.reject(new BrowserError(`The browser refused a command: ${message.error.message}`));
  }

  readMessages(answers, receive);
  // A browser that ends closes its pipes; `end` reports its end.
  commands.on("error", () => commands.destroy());

  return {
    send(method, params = {}, sessionId) {
      lastId += 1;
      const answer = waitFor(String(lastId), sessionId);
      if (ending === undefined)
        commands.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
      return answer;
    },
    next: (method, sessionId) => waitFor(eventKey({ method, sessionId }), sessionId),
    end(message) {
      ending ??= new BrowserError(message);
      failAll(undefined, ending);
    },
    hasEnded: () => ending !== undefined,
  };
}

function eventKey({ method = "", sessionId = "" }: Message): string {
  return `${method} of ${sessionId}`;
}

/** Each message ends with a NUL; a chunk may hold a part of one, or many. */
function readMessages(answers: Readable, receive: (message: Message) => void): void {
  let rest = "";
  answers.setEncoding("utf8").on("data", (chunk: string) => {
    const messages = (rest + chunk).split("\0");
    rest = messages.pop()!;
    for (const message of messages) receive(JSON.parse(message) as Message);
  });
}

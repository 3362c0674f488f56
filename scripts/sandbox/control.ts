// The control channel: what the page asks of the lab, over Socket.IO with a key or pass in the payload, as lesson 3 teaches.
import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import type { Lab } from "../lab/lab.ts";
import { shortNews } from "./exercise-answers.ts";
import type { ExerciseDesk } from "./exercise-desk.ts";
import { answerCall, answersFor, type PageWatch } from "./answers.ts";
import { CALLS } from "../model/calls.ts";
import { type Admission, type Keys, NO_KEY } from "./keys.ts";
import type { OwnAddress } from "./own-address.ts";
import type {
  CallName,
  LogEntry,
  PageToServer,
  Reply,
  ServerToPage,
  Welcome,
} from "../model/protocol.ts";
import { type Limit, limitWork } from "./work-limit.ts";
import { openSeenTokens, type SeenTokens } from "./seen-tokens.ts";
import type { TraceFeed } from "./trace-feed.ts";
import { endIfUnread } from "./unread.ts";

interface PageData {
  admission: Admission;
}

/** The channel to all pages that are open. */
type Control = Server<PageToServer, ServerToPage, object, PageData>;
type Page = Socket<PageToServer, ServerToPage, object, PageData>;

interface ControlOptions {
  keys: Keys;
  own: OwnAddress;
  /** Sent to each page that is let in, together with its pass. */
  welcome: Omit<Welcome, "pass">;
  /** All pages share it. */
  lab: Lab;
  /** Called with a mistake of ours, as opposed to one of the page. */
  onMistake: (error: unknown) => void;
  /** Called when a page has noted how a lesson went. */
  onProgress: () => void;
  desk: ExerciseDesk;
  /** The first message to a page. */
  earlierLog: () => readonly LogEntry[];
  onPage: OnPage | undefined;
  trace: TraceFeed | undefined;
}

/** Called with each page that is let in. @param userAgent what its browser calls itself */
export type OnPage = (userAgent: string) => PageWatch | undefined;

/** Opens the channel on the sandbox's own server. */
export function openControl(server: HttpServer, options: ControlOptions): Control {
  const { keys, own } = options;
  const pages: Control = new Server(server, {
    path: "/control/socket.io",
    // The page uses nothing else. Polling begins with a plain GET, which any page of the web can send.
    transports: ["websocket"],
    serveClient: false,
    maxHttpBufferSize: 65_536,
    connectTimeout: 10_000,
    allowRequest: ({ headers }, decide) => {
      decide(null, own.isHost(headers) && own.isOrigin(headers));
    },
  });
  pages.engine.on("connection", endIfUnread);
  const callLimit = limitWork();
  const runLimit = limitWork();
  const seenTokens = openSeenTokens();
  pages.use((socket, next) => {
    const admission = keys.admit(socket.handshake.auth["key"]);
    if (admission === undefined) return next(new Error(NO_KEY));
    socket.data.admission = admission;
    next();
  });
  pages.on("connection", (socket) => {
    register(socket, { ...options, seenTokens }, { calls: callLimit(), runs: runLimit() });
    void welcome(socket, options);
  });
  return pages;
}

async function welcome(page: Page, options: ControlOptions): Promise<void> {
  const { admission } = page.data;
  const pass = (await admission.pass) ?? null;
  page.emit("welcome", { ...options.welcome, pass }, () => admission.confirm());
  page.emit("earlierLog", options.earlierLog());
}

type Send = (reply: Reply<unknown>) => void;

function register(
  socket: Page,
  options: ControlOptions & { seenTokens: SeenTokens },
  limit: { calls: Limit; runs: Limit },
): void {
  const { keys, desk, onMistake, onPage } = options;
  const { calls, leave } = answersFor({
    ...options,
    limitRuns: limit.runs,
    issueKey: () => keys.issue(),
    seat: desk.seat((place, news) => socket.emit("exercise", { place, ...shortNews(news) })),
    watch: onPage?.(socket.handshake.headers["user-agent"] ?? ""),
  });
  for (const name of Object.keys(CALLS) as CallName[])
    socket.on(name, (...args: unknown[]) => {
      const reply = args.pop();
      if (typeof reply !== "function") return;
      const call = (): Promise<unknown> => limit.calls(() => answerCall(calls, name, args));
      void answer(call, onMistake).then((given) => send(given, reply as Send, onMistake));
    });
  socket.on("disconnect", leave);
}

async function answer(
  call: () => Promise<unknown>,
  onMistake: ControlOptions["onMistake"],
): Promise<Reply<unknown>> {
  try {
    return { answer: (await call()) ?? null };
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    // An error with a code is a sentence for the person; any other is a bug, and the terminal shows it as well.
    if (code === undefined) onMistake(error);
    return { error: message };
  }
}

/** Socket.IO walks through what it sends and can fail there. The page gets a sentence, and the sandbox goes on. */
function send(given: Reply<unknown>, reply: Send, onMistake: ControlOptions["onMistake"]): void {
  try {
    reply(given);
  } catch (error) {
    onMistake(error);
    reply({ error: `The answer could not be sent: ${(error as Error).message}.` });
  }
}

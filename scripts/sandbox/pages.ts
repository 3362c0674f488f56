// All that the page needs of the sandbox: its files, its control channel, and news of logs and progress.
import { randomUUID } from "node:crypto";
import type { RequestListener, Server } from "node:http";
import type { Lab } from "../lab/lab.ts";
import { readLessons } from "../lab/lessons/files.ts";
import { type OnPage, openControl } from "./control.ts";
import type { Suite } from "../lab/exercises/checker.ts";
import { openExerciseDesk } from "./exercise-desk.ts";
import { readShown } from "./exercise-answers.ts";
import type { Keys } from "./keys.ts";
import type { OwnAddress } from "./own-address.ts";
import { summarise } from "./lesson-summaries.ts";
import { pageFiles } from "./page-files.ts";
import { servePage } from "./page-server.ts";
import { openProgressNews } from "./progress-news.ts";
import type { TraceFeed } from "./trace-feed.ts";
import type { LogEntry } from "../model/protocol.ts";

export interface Pages {
  /** Answers everything but the calls on the control channel. */
  readonly serve: RequestListener;
  /** Sends a line of a server to all open pages. */
  tellLog(entry: LogEntry): void;
  close(): Promise<void>;
}

interface PagesOptions {
  lab: Lab;
  own: OwnAddress;
  keys: Keys;
  /** Called with a mistake of ours, for the terminal. */
  onMistake: (error: unknown) => void;
  /** What the servers have printed so far. */
  earlierLog: () => readonly LogEntry[];
  onPage: OnPage | undefined;
  /** Of a person's own app. */
  trace: TraceFeed | undefined;
  /** What judges an exercise at last; without it, there are none. */
  loadSuite: (() => Promise<Suite>) | undefined;
}

/** A page that is asleep reads later what the others read now. */
const PATIENCE_MS = 1000;

/** Opens the control channel on the sandbox's own server, and gets ready to send the page. */
export async function openPages(
  server: Server,
  { lab, own, keys, onMistake, earlierLog, onPage, trace, loadSuite }: PagesOptions,
): Promise<Pages> {
  const news = await openProgressNews();
  // Another one in each run: the page learns it, and code that is not the page's does not.
  const tabs = randomUUID();
  const desk = openExerciseDesk({
    loadSuite,
    onSave: (opened, tell) => {
      readShown(opened).then((files) => tell({ files }), onMistake);
    },
    onSolved: () => news.note(),
  });
  const control = openControl(server, {
    lab,
    own,
    keys,
    desk,
    welcome: { tabs, command: trace?.command ?? own.command, trace: trace?.place ?? null },
    onMistake,
    onProgress: () => news.note(),
    earlierLog,
    onPage,
    trace,
  });
  trace?.listen(async () => {
    await control.timeout(PATIENCE_MS).emitWithAck("traced");
  });
  news.listen(async () => {
    try {
      const { lessons } = await summarise(await readLessons());
      control.emit("progress", lessons);
    } catch (error) {
      onMistake(error);
    }
  });

  return {
    serve: servePage({ own, keys, tabs, pageFiles }),
    tellLog: (entry) => control.emit("log", entry),
    async close() {
      news.close();
      await Promise.all([control.close(), desk.close()]);
    },
  };
}

// All that the page needs of the sandbox: its files, its control channel, and news of logs and progress.
import type { RequestListener, Server } from "node:http";
import type { Lab } from "../lab/lab.ts";
import { readLessons } from "../lab/lessons/files.ts";
import { openControl } from "./control.ts";
import type { OwnAddress } from "./own-address.ts";
import { summarise } from "./lesson-summaries.ts";
import { buildPage, type PageFiles } from "./page-files.ts";
import { servePage } from "./page-server.ts";
import { openProgressNews } from "./progress-news.ts";
import type { LogEntry } from "../model/protocol.ts";

export interface Pages {
  /** Answers everything that is no call on the control channel. */
  readonly serve: RequestListener;
  /** Tells all open pages a line of a server. */
  tellLog(entry: LogEntry): void;
  close(): Promise<void>;
}

export interface PagesOptions {
  lab: Lab;
  own: OwnAddress;
  key: string;
  /** Called with a mistake of ours, for the terminal. */
  onMistake: (error: unknown) => void;
  /** What the servers have printed so far. */
  earlierLog: () => readonly LogEntry[];
}

/** Opens the control channel on the sandbox's own server, and gets ready to send the page. */
export async function openPages(
  server: Server,
  { lab, own, key, onMistake, earlierLog }: PagesOptions,
): Promise<Pages> {
  const news = await openProgressNews();
  const onProgress = (): void => news.note();
  const control = openControl(server, { key, own, lab, onMistake, onProgress, earlierLog });
  news.listen(async () => {
    try {
      const { lessons } = await summarise(await readLessons());
      control.emit("progress", lessons);
    } catch (error) {
      onMistake(error);
    }
  });

  return {
    serve: servePage(own, buildOnce()),
    tellLog: (entry) => control.emit("log", entry),
    async close() {
      news.close();
      await control.close();
    },
  };
}

/** Builds the page at the first request. A mistake in its sources does not stay: the next request builds anew. */
function buildOnce(): () => Promise<PageFiles> {
  let files: Promise<PageFiles> | undefined;
  return () => {
    files ??= buildPage().catch((error: unknown) => {
      files = undefined;
      throw error;
    });
    return files;
  };
}

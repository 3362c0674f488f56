// The sandbox: a lab with a page. One address for the page, its control channel, and the attempts of all clients.
import { watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import { type Lab, type LabOptions, openLab } from "./lab.ts";
import { readLessons } from "./lesson-files.ts";
import { createOwnServer } from "./own-server.ts";
import { progressFolder } from "./progress.ts";
import { openControl, type Pages } from "./sandbox/control.ts";
import { makeKey } from "./sandbox/doors.ts";
import { summarise } from "./sandbox/lesson-summaries.ts";
import { buildPage, type PageFiles } from "./sandbox/page-files.ts";
import { servePage } from "./sandbox/page-server.ts";
import { describeServer } from "./sandbox/cells.ts";

export interface Sandbox {
  readonly lab: Lab;
  /** The page's address with the key in its fragment, which browsers send to nobody. @param path `/lesson/3` */
  address(path: string): string;
  close(): Promise<void>;
}

export interface SandboxOptions extends LabOptions {
  /** What opens the page; made anew if left out. With the key of before, pages that are open come back by themselves. */
  key?: string;
  /** Called with a mistake of ours, for the terminal. */
  onMistake: (error: unknown) => void;
}

/**
 * Opens the sandbox.
 * @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES)
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { key = makeKey() } = options;
  const startedAt = performance.now();
  let port = 0;
  const portOf = (): number => port;

  let files: Promise<PageFiles> | undefined;
  const pageFiles = (): Promise<PageFiles> => {
    // A mistake in the sources shall not stay until the next start: the next request builds anew.
    files ??= buildPage().catch((error: unknown) => {
      files = undefined;
      throw error;
    });
    return files;
  };
  const ownServer = createOwnServer(servePage(portOf, pageFiles));

  let pages: Pages | undefined;
  const say = (server: string, text: string, isCrash: boolean): void => {
    // Of a crash the first line is the sentence about it; the others are what the server printed last.
    for (const [index, line] of text.split("\n").entries())
      pages?.emit("log", {
        atMs: Math.round(performance.now() - startedAt),
        server,
        line,
        isCrash: isCrash && index === 0,
      });
  };
  const lab = await openLab({
    ...options,
    ownServer,
    onLine: (line, choice) => say(describeServer(choice), line, false),
    onCrash: (message, choice) => {
      say(describeServer(choice), message, true);
      options.onCrash?.(message, choice);
    },
  });
  port = Number(new URL(lab.origin).port);

  const tellProgress = async (): Promise<void> => {
    try {
      pages?.emit("progress", await summarise(await readLessons()));
    } catch (error) {
      options.onMistake(error);
    }
  };
  const now = options.now ?? ((): number => Math.floor(Date.now() / 1000));
  let isClosing = false;
  // What is under way when everything stops breaks off, and that is no mistake.
  const onMistake = (error: unknown): void => {
    if (!isClosing) options.onMistake(error);
  };
  const room = { lab, now };
  pages = openControl(ownServer, { key, portOf, room, onMistake });

  // The terminal notes progress in the same file, and so does another sandbox.
  const folder = progressFolder();
  await mkdir(folder, { recursive: true });
  const watcher = watch(folder, (_event, name) => {
    if (name === null || name === "progress.json") void tellProgress();
  });

  return {
    lab,
    address: (path) => `${lab.origin}${path}#key=${key}`,
    async close() {
      isClosing = true;
      watcher.close();
      await pages?.close();
      await lab.close();
    },
  };
}

// Reports that progress has changed: through a page, a lesson in a terminal, or another sandbox.
import { type FSWatcher, watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import { progressFolder } from "../lab/lessons/progress.ts";
import { onceMore } from "./once-more.ts";

interface ProgressNews {
  /** Progress was noted in this process. */
  note(): void;
  /** @param tell called after changes; several changes during a call cause one more call */
  listen(tell: () => Promise<void>): void;
  close(): void;
}

/** Begins now. */
export async function openProgressNews(): Promise<ProgressNews> {
  let tell: (() => Promise<void>) | undefined;
  const tellAll = onceMore(async () => tell?.());
  const note = (): void => void tellAll();
  const watcher = await watchFolder(note);
  return {
    note,
    listen: (listener) => {
      tell = listener;
    },
    close: () => watcher?.close(),
  };
}

/** Undefined if the folder cannot be watched: then only changes in this process are reported. */
async function watchFolder(onChange: () => void): Promise<FSWatcher | undefined> {
  try {
    await mkdir(progressFolder(), { recursive: true });
    const watcher = watch(progressFolder(), onChange);
    return watcher.on("error", () => watcher.close());
  } catch {
    // The folder cannot be created, and then noting progress says so; or the user has reached the limit of the system.
    return undefined;
  }
}

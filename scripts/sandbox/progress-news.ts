// Notices that progress has changed: noted here, by a lesson in a terminal, or by another sandbox.
import { type FSWatcher, watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import { progressFolder } from "../lab/lessons/progress.ts";
import { onceMore } from "./once-more.ts";

export interface ProgressNews {
  /** Something was noted here. */
  note(): void;
  /** @param tell called when something has changed; however often that happens meanwhile, once more after it is done */
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

/** Undefined if the folder cannot be watched: then news come from here alone, and that ends nothing. */
async function watchFolder(onChange: () => void): Promise<FSWatcher | undefined> {
  try {
    await mkdir(progressFolder(), { recursive: true });
    const watcher = watch(progressFolder(), onChange);
    return watcher.on("error", () => watcher.close());
  } catch {
    // It cannot be made, or the system watches as much for this user as it allows: what is noted says so, should that fail.
    return undefined;
  }
}

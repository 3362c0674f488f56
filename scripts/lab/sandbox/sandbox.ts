// The sandbox: a lab with a page. One address for the page, its control channel, and the attempts of all clients.
import { type Lab, type LabOptions, openLab } from "../lab.ts";
import { makeKey } from "./doors.ts";
import { createVisitors } from "./visitors.ts";
import { nameServer } from "../variants/server-name.ts";
import type { ServerChoice } from "../variants/pool.ts";

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
 * Opens the sandbox. What only the page needs is loaded when somebody comes for it, so that a lesson in the terminal
 * does not wait for it.
 * @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES)
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { key = makeKey() } = options;
  let isClosing = false;
  // What is under way when everything stops breaks off, and that is no mistake.
  const onMistake = (error: unknown): void => {
    if (!isClosing) options.onMistake(error);
  };
  const startedAt = performance.now();
  const visitors = createVisitors(async (server) => {
    const { openPages } = await import("./pages.ts");
    return openPages(server, { lab: await opening, key, onMistake });
  }, onMistake);
  const tell = (text: string, choice: ServerChoice, isCrash: boolean): void => {
    const atMs = Math.round(performance.now() - startedAt);
    // Of a crash the first line is the sentence about it; the others are what the server printed last.
    for (const [index, line] of text.split("\n").entries())
      visitors.pages()?.tellLog({
        atMs,
        server: nameServer(choice),
        line,
        isCrash: isCrash && index === 0,
      });
  };
  const opening = openLab({
    ...options,
    ownServer: visitors.server,
    onLine: (line, choice) => tell(line, choice, false),
    onCrash: (message, choice) => {
      tell(message, choice, true);
      options.onCrash?.(message, choice);
    },
  });
  const lab = await opening;
  return {
    lab,
    address: (path) => `${lab.origin}${path}#key=${key}`,
    async close() {
      isClosing = true;
      await visitors.pages()?.close();
      await lab.close();
    },
  };
}

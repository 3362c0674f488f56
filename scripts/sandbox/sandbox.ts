// The sandbox: a lab with a page. One address for the page, its control channel, and the attempts of all clients.
import { type Lab, type LabOptions, openLab } from "../lab/lab.ts";
import { makeKey } from "./doors.ts";
import { createVisitors } from "./visitors.ts";
import { openServerLog } from "./server-log.ts";

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
  const log = openServerLog((entry) => visitors.pages()?.tellLog(entry));
  const visitors = createVisitors(async (server) => {
    const { openPages } = await import("./pages.ts");
    return openPages(server, {
      lab: await opening,
      key,
      onMistake,
      earlierLog: () => log.entries(),
    });
  }, onMistake);
  const opening = openLab({
    startsAhead: true,
    ...options,
    ownServer: visitors.server,
    onLine: (line, choice) => log.line(line, choice),
    onCrash: (crash, choice) => {
      log.crash(crash, choice);
      options.onCrash?.(crash, choice);
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

// The sandbox: a lab with a page. One address for the page, its control channel, and the attempts of all clients.
import type { Suite } from "../lab/exercises/checker.ts";
import { type Lab, type LabOptions, openLab } from "../lab/lab.ts";
import type { OnPage } from "./control.ts";
import { type StoredPass, openKeys } from "./keys.ts";
import { ownAddress, portIn } from "./own-address.ts";
import type { TraceFeed } from "./trace-feed.ts";
import { createLazyPages } from "./lazy-pages.ts";
import { openServerLog } from "./server-log.ts";

export interface Sandbox {
  readonly lab: Lab;
  /**
   * The page's address. Its fragment, which browsers do not send, holds a key that works once; then the address gets
   * another key.
   * @param path `/lesson/3`
   */
  address(path: string): string;
  /** The same with a key of its own, for a browser that a program starts now. */
  newAddress(path: string): string;
  close(): Promise<void>;
}

export interface SandboxOptions extends LabOptions {
  /** The passes of earlier runs at this port: open pages come back with them. */
  passes?: readonly StoredPass[];
  /** Called with all passes whenever they change. A page gets a new pass once this has resolved. */
  onPasses?: (passes: readonly StoredPass[]) => Promise<void>;
  /** Called when the key in the address has been used: `address` has another one now. */
  onAddressUsed?: () => void;
  onPage?: OnPage;
  /** Of a person's own app, which the page shows too. */
  trace?: TraceFeed;
  /** What judges an exercise at last; without it, the page has none. */
  loadSuite?: () => Promise<Suite>;
  /** Called with a mistake of ours, for the terminal. */
  onMistake: (error: unknown) => void;
}

/**
 * Opens the sandbox. What only the page needs is loaded when somebody comes for it, so that a lesson in the terminal
 * does not wait for it.
 * @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES)
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { passes = [], onPasses, onAddressUsed, onPage, trace, loadSuite } = options;
  const keys = openKeys({ passes, onPasses, onShownUsed: onAddressUsed });
  let isClosing = false;
  // What is under way when everything stops is cut off, which is not a mistake.
  const onMistake = (error: unknown): void => {
    if (!isClosing) options.onMistake(error);
  };
  const log = openServerLog((entry) => lazy.pages()?.tellLog(entry));
  const lazy = createLazyPages(async (server) => {
    const { openPages } = await import("./pages.ts");
    return openPages(server, {
      ...(await atHome),
      keys,
      onMistake,
      earlierLog: () => log.entries(),
      onPage,
      trace,
      loadSuite,
    });
  }, onMistake);
  const opening = openLab({
    startsAhead: true,
    ...options,
    ownServer: lazy.server,
    onLine: (line, choice, source) => log.line(line, choice, source),
    onCrash: (crash, choice) => {
      log.crash(crash, choice);
      options.onCrash?.(crash, choice);
    },
  });
  const atHome = opening.then((lab) => ({
    lab,
    own: ownAddress(portIn(lab.origin), options.publicOrigin),
  }));
  const { lab, own } = await atHome;
  return {
    lab,
    address: (path) => `${own.origin}${path}#key=${keys.shown()}`,
    newAddress: (path) => `${own.origin}${path}#key=${keys.issue()}`,
    async close() {
      isClosing = true;
      // At the same time: the connections of the pages go through the wire of the lab, which cuts those that do not end.
      await Promise.all([lazy.pages()?.close(), lab.close()]);
    },
  };
}

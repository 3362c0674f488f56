// The sandbox: a lab with a page. One address for the page, its control channel, and the attempts of all clients.
import { type Lab, type LabOptions, openLab } from "../lab/lab.ts";
import { type KeptPass, openKeys } from "./keys.ts";
import { ownAddress, portIn } from "./own-address.ts";
import { createVisitors } from "./visitors.ts";
import { openServerLog } from "./server-log.ts";

export interface Sandbox {
  readonly lab: Lab;
  /**
   * The page's address, with a key in its fragment, which browsers send to nobody. The key opens the page once; after that
   * the address has another one.
   * @param path `/lesson/3`
   */
  address(path: string): string;
  /** The same with a key that nobody else is shown, for a browser that is started now. */
  newAddress(path: string): string;
  close(): Promise<void>;
}

export interface SandboxOptions extends LabOptions {
  /** Where browsers reach the sandbox through a forwarder, such as `https://name.example`. */
  publicOrigin?: string | undefined;
  /** Those of earlier runs at this port: pages that are open come back with them. */
  passes?: readonly KeptPass[];
  /** Called with all passes whenever there is another one. */
  onPasses?: (passes: readonly KeptPass[]) => void;
  /** Called when the key in the address was used, so that the address is another one now. */
  onAddressUsed?: () => void;
  /** Called with a mistake of ours, for the terminal. */
  onMistake: (error: unknown) => void;
}

/**
 * Opens the sandbox. What only the page needs is loaded when somebody comes for it, so that a lesson in the terminal
 * does not wait for it.
 * @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES)
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { passes = [], onPasses, onAddressUsed } = options;
  const keys = openKeys({ passes, onPasses, onShownUsed: onAddressUsed });
  let isClosing = false;
  // What is under way when everything stops breaks off, and that is no mistake.
  const onMistake = (error: unknown): void => {
    if (!isClosing) options.onMistake(error);
  };
  const log = openServerLog((entry) => visitors.pages()?.tellLog(entry));
  const visitors = createVisitors(async (server) => {
    const { openPages } = await import("./pages.ts");
    return openPages(server, {
      ...(await atHome),
      keys,
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
      await visitors.pages()?.close();
      await lab.close();
    },
  };
}

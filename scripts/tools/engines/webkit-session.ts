// One WebKit browser with one page, driven by selenium-webdriver through a WebKitWebDriver of its own.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { WebDriver } from "selenium-webdriver";
import { type BrowserPage, callIn } from "../../lab/browser/page.ts";
import { BrowserError } from "../../lab/browser/dev-tools.ts";
import { type OwnedProcess, ownProcess } from "../../lab/owned-process.ts";

export interface WebKitSession extends BrowserPage {
  /** `WebKitGTK 2.50` */
  readonly name: string;
  /** Loads an address and waits until the page has run its scripts. */
  load(url: string): Promise<void>;
  /** Resolves when its processes have gone. */
  readonly ended: Promise<unknown>;
}

interface Start {
  /** The program of WebKitWebDriver. */
  driver: string;
  env: NodeJS.ProcessEnv;
  /** Ends it at once. */
  signal: AbortSignal;
}

const STARTUP_TIMEOUT_MS = 60_000;
const LOOK_AGAIN_MS = 5;

/** Starts driver and browser, and waits until they answer. @throws BrowserError (code BROWSER_FAILED) */
export async function openSession({ driver, env, signal }: Start): Promise<WebKitSession> {
  // The driver does not tell a port that it chose by itself.
  const port = await freePort();
  const command = [driver, `--port=${port}`, "--host=127.0.0.1"] as const;
  const owned = ownProcess("WebKitWebDriver", command, { env, signal, hasOwnGroup: true });
  try {
    const opening = connect(owned, `http://127.0.0.1:${port}`);
    const late = setTimeout(STARTUP_TIMEOUT_MS, undefined, { ref: false });
    const opened = await Promise.race([opening, late]);
    if (opened !== undefined) return await describe(owned, opened);
    throw new BrowserError(`WebKit did not answer within ${STARTUP_TIMEOUT_MS / 1000} s.`);
  } catch (error) {
    await owned.stop("SIGKILL");
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function connect(owned: OwnedProcess, url: string): Promise<WebDriver> {
  // Loaded only now: whoever runs other engines does not wait for it.
  const loading = import("selenium-webdriver");
  const [{ Builder }] = await Promise.all([loading, whileAlive(owned, waitForDriver(owned, url))]);
  const building = new Builder()
    .disableEnvironmentOverrides()
    .usingServer(url)
    // Nothing may leave this machine, and what is on it needs no proxy.
    .withCapabilities({ browserName: "MiniBrowser", proxy: { proxyType: "direct" } })
    .build();
  return whileAlive(owned, inWebKit(building));
}

/** Waits for something of the process, but no longer than the process lives. @throws BrowserError (code BROWSER_FAILED) */
async function whileAlive<Value>({ ended }: OwnedProcess, work: Promise<Value>): Promise<Value> {
  const end = ended.then(({ sentence }) => {
    throw new BrowserError(sentence);
  });
  return Promise.race([work, end]);
}

async function waitForDriver(owned: OwnedProcess, url: string): Promise<void> {
  while (owned.isRunning()) {
    try {
      await (await fetch(`${url}/status`)).arrayBuffer();
      return;
    } catch {
      // It does not listen yet; should it have ended, whoever waits for this is told.
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
}

async function describe(owned: OwnedProcess, driver: WebDriver): Promise<WebKitSession> {
  const version = (await driver.getCapabilities()).get("browserVersion") as string;
  const ask = <Value>(work: Promise<Value>): Promise<Value> => whileAlive(owned, inWebKit(work));
  return {
    name: `WebKitGTK ${/^\d+\.\d+/.exec(version)?.[0] ?? version}`,
    load: (url) => ask(driver.get(url)),
    ...callIn(async (expression) => {
      const answer = await ask(driver.executeAsyncScript<Answer>(scriptFor(expression)));
      if ("error" in answer) throw new BrowserError(`The page failed: ${answer.error}`);
      return answer.json === undefined ? undefined : (JSON.parse(answer.json) as unknown);
    }),
    ended: owned.ended,
    close: async () => {
      // In good order first: the browser ends its connections. One that has ended has none.
      if (owned.isRunning()) await ask(driver.quit());
      await owned.stop("SIGKILL");
    },
  };
}

type Answer = { json?: string } | { error: string };

/** Passes on what the expression gives as text, since the driver has a form of its own for values. */
function scriptFor(expression: string): string {
  return `const done = arguments[arguments.length - 1];
    (async () => JSON.stringify(await (${expression})))().then(
      (json) => done({ json }),
      (error) => done({ error: String(error) }),
    );`;
}

/** Tells of whatever goes wrong in WebKit as of a failure of the browser. */
async function inWebKit<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const { name, message } = error as Error;
    // Of a browser that has ended, the driver says no more than the name of the error.
    const line = message.split("\n")[0] || `its driver answered ${name}.`;
    throw new BrowserError(`WebKit failed: ${line}`, { cause: error });
  }
}

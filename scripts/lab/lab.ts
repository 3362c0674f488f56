// The lab: variants, the wire, a Node client and a browser, put together so that one call makes an attempt and returns all about it.
import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import type { Act, Outcome } from "../model/acts.ts";
import { watchLateness } from "../client/lateness.ts";
import { secondsSince1970 } from "./clock.ts";
import type { LogSource } from "../model/protocol.ts";
import { type LabBrowser, labBrowser } from "./browser/lab-browser.ts";
import { clientTask, type RunChoice } from "./client-task.ts";
import { browserClient, type Fill, nodeClient, type Settle } from "./lab-clients.ts";
import { ATTEMPT_PAGE_PATH, type Client } from "../model/vocabulary.ts";
import { nameHandshakes } from "../model/handshake-names.ts";
import { notStarted } from "../model/outcome.ts";
import type { TokenMaker } from "./named-tokens.ts";
import { createLoad, isDoubtful, withoutLateness } from "./busy.ts";
import { createTurns } from "./turns.ts";
import { createOtherServer, createOwnServer } from "./own-server.ts";
import type { Trace } from "../model/trace.ts";
import { markForgeries } from "./mark-forgeries.ts";
import { isSettled, waitUntilSettled } from "./wire/trace-settled.ts";
import { type Crash, describeCrash } from "./servers/crash.ts";
import {
  openVariantPool,
  type PoolOptions,
  type ServerChoice,
  serverKey,
  type VariantPool,
} from "./servers/pool.ts";
import { VariantStartError } from "./servers/process.ts";
import { listen, type Listening } from "./wire/listening.ts";
import type { Wire } from "./wire/wire.ts";

/** What the client experienced, and what went over the wire. */
export interface Seen {
  outcome: Outcome;
  trace: Trace;
  /** Something is missing, and the machine was so busy that it may only have been late. */
  isDoubtful: boolean;
}

export interface Lab {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /**
   * Lets a client do the acts of an attempt. That its server does not start is an outcome, too.
   * @param client or one of the caller's own, such as a page that a person has open
   */
  run(choice: RunChoice, client: Client | Fill): Promise<Seen>;
  /** Ends a server; its next use starts it again. */
  restart(choice: ServerChoice): Promise<void>;
  /** `Chrome 147`; undefined where there is no browser, and then `browserMissing` says how to get one. */
  browserName(): Promise<string | undefined>;
  browserMissing(): Promise<string | undefined>;
  /** What the lab's tokens are made with. It holds the secret: not for a page, and not for a log. */
  tokenMaker(): TokenMaker;
  /** Stops everything that the lab has started. */
  close(): Promise<void>;
}

export interface LabOptions {
  /** The one port that everything goes through; 0, the default, takes any free one. */
  port?: number;
  /**
   * Where browsers reach it through a forwarder, such as `https://name.example`. That may change Host: then a server
   * does not recognise its own pages, and is told their origin.
   */
  publicOrigin?: string | undefined;
  /** What else is at that port, made with `createOwnServer`. */
  ownServer?: Server;
  /** A server that is started before anything else, since the first attempt is for it. */
  first?: ServerChoice;
  /** Who will be used: with "browser", the browser is started ahead, as soon as the first server listens. */
  clients?: readonly Client[];
  /**
   * How many attempts a page of the browser serves; 1, if left out. A page costs ten times the processor time of an attempt;
   * but a page that is used again keeps its idle connections, so a trace does not show how they end, and Chromium delays the
   * websockets of a page in which others have failed: up to 1 ms after four, twice as long after each further one.
   */
  usesPerPage?: number;
  /** Whether processes stand by for the servers of a next flip, while nothing is used; false, if left out. */
  startsAhead?: boolean;
  /** Called when they are ready. */
  onStandingBy?: () => void;
  /** Called with each line that a server prints, and what the attempt that it is about was given as its source. */
  onLine?: (line: string, choice: ServerChoice, source: LogSource | undefined) => void;
  /** Called when a server can be used. */
  onListening?: (choice: ServerChoice, pid: number) => void;
  /** Called when a server ends that nobody stopped; a warning, if left out. */
  onCrash?: (crash: Crash, choice: ServerChoice) => void;
  /** Where the servers come from, if they are not the variants: an exercise runs a person's own copy of one. */
  openPool?: (options: PoolOptions) => VariantPool;
  /** The time for tokens, in seconds since 1970. */
  now?: () => number;
}

const ISSUER = "accounts.examplesoft.com";
const AUDIENCE = "yoursite.net";
const SETTLE_TIMEOUT_MS = 1_000;

/**
 * Opens a lab. Nothing runs in it until it is needed, but for what the options name.
 * @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES)
 */
export async function openLab(options: LabOptions = {}): Promise<Lab> {
  const { first, clients = [], now = secondsSince1970 } = options;
  const { openPool = openVariantPool, usesPerPage = 1 } = options;
  const secret = randomBytes(32).toString("base64url");
  const tokenMaker = (): TokenMaker => ({ secret, issuer: ISSUER, audience: AUDIENCE, now: now() });
  let wire: Wire | undefined;
  const sources = new Map<string, LogSource>();
  const pool = openPool({
    settings: {
      secret,
      issuer: ISSUER,
      audience: AUDIENCE,
      allowedOrigin: options.publicOrigin,
      shouldLogChecks: true,
    },
    onLine: (line, choice, serverPort) => {
      const prefix = wire?.noteServerLine(line, serverPort);
      options.onLine?.(line, choice, sources.get(prefix ?? ""));
    },
    onCrash(crash, choice) {
      if (options.onCrash !== undefined) options.onCrash(crash, choice);
      else process.emitWarning(describeCrash(crash), "VariantCrash");
    },
    onListening: options.onListening,
    startsAhead: options.startsAhead ?? false,
    onStandingBy: options.onStandingBy,
  });
  // Before anything is loaded that takes time: the variant and this process start side by side.
  // The first use of one that could not start tries again, and reports it.
  const firstStart = first ? pool.use(first, () => Promise.resolve()) : Promise.resolve();
  const isFirstUp = firstStart.catch(() => undefined);
  const node = nodeClient();
  wire = await connectWire(options, pool);
  const browser = labBrowser(wire.origin + ATTEMPT_PAGE_PATH, { usesPerPage });
  if (clients.includes("browser")) void isFirstUp.then(() => browser.warm());
  return assemble({ wire, pool, browser, node, tokenMaker, sources });
}

async function connectWire({ port, ownServer }: LabOptions, pool: VariantPool): Promise<Wire> {
  try {
    const { openWire } = await import("./wire/wire.ts");
    return await openWire({ port: port ?? 0, ownServer: ownServer ?? createOwnServer() });
  } catch (error) {
    await pool.stopAll();
    throw error;
  }
}

interface Parts {
  wire: Wire;
  pool: VariantPool;
  browser: LabBrowser;
  node: ReturnType<typeof nodeClient>;
  tokenMaker: () => TokenMaker;
  /** Of the attempts under way, by their prefixes. */
  sources: Map<string, LogSource>;
}

function assemble({ wire, pool, browser, node, tokenMaker, sources }: Parts): Lab {
  const clients = { node: node(wire.origin), browser: browserClient(browser) };
  const inTurn = createTurns();
  const beginToWait = createLoad();
  // A client that has gone in the middle, or too quickly, left a session, which the server keeps until no pong comes.
  const unclean = new Set<string>();
  /** For pages of other origins; opened once an act comes from one. */
  let other: Promise<Listening> | undefined;

  async function otherPortFor(acts: readonly Act[]): Promise<number | undefined> {
    if (!acts.some((act) => act.do === "connect" && act.from !== undefined)) return undefined;
    other ??= listen(createOtherServer(), 0, "127.0.0.1");
    return (await other).port;
  }

  /** Gives a client a path of its own to the server, and returns what went over it. */
  function onWire(choice: RunChoice, fill: Fill): Promise<Seen> {
    return pool.use(choice, async ({ port }, ...further) => {
      const path = wire.openAttempt({
        port,
        furtherPorts: further.map((each) => each.port),
        sticky: choice.sticky,
        onKill: (number) => pool.kill(choice, number),
      });
      if (choice.source !== undefined) sources.set(path.prefix, choice.source);
      const settle: Settle = (how) => waitUntilSettled(path, how, SETTLE_TIMEOUT_MS);
      const lateness = watchLateness();
      try {
        const otherPort = await otherPortFor(choice.acts);
        const task = clientTask({ ...choice, otherPort }, path.prefix, tokenMaker());
        const outcome = await fill(task, settle, choice.pageCode);
        const isWhole = await settle("idle");
        const trace = path.trace();
        markForgeries(trace, tokenMaker().secret);
        return {
          outcome: withoutLateness(outcome),
          trace: nameHandshakes(trace, choice.acts),
          isDoubtful: isDoubtful(outcome, isWhole, lateness.mostMs()),
        };
      } finally {
        lateness.stop();
        sources.delete(path.prefix);
        path.close();
      }
    });
  }

  /** The same when the server is free for it, and this machine too. */
  function run(choice: RunChoice, client: Client | Fill): Promise<Seen> {
    const server = serverKey(choice);
    const { isAlone = false } = choice;
    const attempt = async (): Promise<Seen> => {
      if (isAlone && unclean.delete(server)) await pool.restart(choice);
      let isLeftClean = false;
      try {
        const seen = await onWire(choice, typeof client === "string" ? clients[client] : client);
        // The others wait for one that was killed until they notice.
        const isKilled = choice.acts.some((act) => act.do === "kill");
        // Some requests of such a session reached its server, which may still know its user as connected.
        const isCutOff = seen.outcome.some(
          (act) => "refusedBy" in act && act.refusedBy === "session",
        );
        isLeftClean = !isKilled && !isCutOff && isSettled(seen.trace.steps, "idle");
        return seen;
      } catch (error) {
        if (!(error instanceof VariantStartError)) throw error;
        const outcome = notStarted(error.crash, choice.acts);
        return { outcome, trace: { steps: [] }, isDoubtful: false };
      } finally {
        if (!isLeftClean) unclean.add(server);
      }
    };
    // What has room never waits for a turn: so each can go on in the end.
    const whenRoom = beginToWait();
    return inTurn(server, isAlone, () => whenRoom(attempt));
  }

  return {
    origin: wire.origin,
    run,
    // In its turn, so that it breaks off nobody's attempt.
    restart: (choice) => inTurn(serverKey(choice), true, () => pool.restart(choice)),
    browserName: () => browser.name(),
    browserMissing: () => browser.missing(),
    tokenMaker,
    async close() {
      await Promise.all([browser.close(), pool.stopAll(), wire.stop(), (await other)?.stop()]);
    },
  };
}

// Starts faulty copies of a variant in processes that have loaded their packages already: to load them takes a process of
// its own ten times as long as the cases that notice the fault.
import path from "node:path";
import {
  type RunningSubject,
  SERVERS,
  SETTINGS,
  type Subject,
  SWITCHED_ON,
  targetOf,
} from "../../conformance/subjects.ts";
import { type OwnedProcess, ownProcess } from "../../lab/owned-process.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import { VariantStartError } from "../../lab/servers/process.ts";

/** Starts a subject as `startSubject` does; the caller has stopped the one before. */
export type StartFaulty = (subject: Subject) => Promise<RunningSubject>;

interface FaultHosts {
  /** Gives a process that nobody else uses, for the time of `work`. */
  use<Result>(work: (start: StartFaulty) => Promise<Result>): Promise<Result>;
  /** Ends all of them. */
  close(): Promise<void>;
}

const PROGRAM = path.join(ROOT, "scripts", "tools", "faults", "host.mjs");

/** Starts nothing yet: there are as many processes as were ever used at once. */
export function openFaultHosts(): FaultHosts {
  const idle: OwnedProcess[] = [];
  const all = new Set<OwnedProcess>();

  function takeHost(host = startHost()): OwnedProcess {
    all.add(host);
    return host;
  }

  return {
    async use(work) {
      let host = takeHost(idle.pop());
      const start: StartFaulty = async (subject) => {
        // The fault of the one before may have ended it, as it would end a server, or end it only now.
        try {
          if (host.isRunning()) return await serve(host, subject);
        } catch (error) {
          if (!(error instanceof VariantStartError)) throw error;
        }
        host = takeHost();
        return serve(host, subject);
      };
      try {
        return await work(start);
      } finally {
        if (host.isRunning()) idle.push(host);
      }
    },
    async close() {
      await Promise.all([...all].map((host) => host.stop()));
    },
  };
}

/** Starts a process that serves one folder at a time. */
export function startHost(): OwnedProcess {
  const { PATH, SystemRoot } = process.env;
  const host = ownProcess("The faulty variant", [process.execPath, PROGRAM], {
    env: { PATH, SystemRoot },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  // What servers tell each other comes back to the process that they are in.
  host.child.on("message", (message: { source?: unknown }) => {
    if (message.source !== undefined) host.child.send(message, () => {});
  });
  return host;
}

async function serve(host: OwnedProcess, subject: Subject): Promise<RunningSubject> {
  const { secret, issuer, audience } = SETTINGS;
  const environment = {
    AUTH: subject.auth,
    JWT_SECRET: secret,
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
    ADAPTER: subject.adapter ?? "memory",
    ...SWITCHED_ON,
  };
  const servers = subject.adapter === undefined ? 1 : SERVERS;
  const urls = await listenIn(host, { folder: subject.folder!, environment, servers });
  const running = { isRunning: () => host.isRunning(), stop: async () => {} };
  return { target: targetOf(subject, urls[0], urls), process: running };
}

interface Order {
  folder: string;
  environment: NodeJS.ProcessEnv;
  servers: number;
}

/** Has a host serve a folder, and no longer the one before. @throws VariantStartError (code VARIANT_DIED_AT_START) */
export async function listenIn(host: OwnedProcess, order: Order): Promise<[string, ...string[]]> {
  host.child.send(order);
  const urls = await Promise.race([listening(host), host.ended.then(() => undefined)]);
  if (urls !== undefined) return urls;
  throw new VariantStartError({
    sentence: "The faulty variant ended before it listened.",
    printed: host.lastLines,
  });
}

function listening({ child }: OwnedProcess): Promise<[string, ...string[]]> {
  return new Promise((resolve) => {
    const read = ({ urls }: { urls?: [string, ...string[]] }): void => {
      if (urls === undefined) return;
      child.off("message", read);
      resolve(urls);
    };
    child.on("message", read);
  });
}

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

/** Starts a subject as `startSubject` does; whoever starts the next one has stopped the one before. */
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
        const known = host.isRunning() ? await serve(host, subject) : undefined;
        if (known !== undefined) return known;
        host = takeHost();
        const running = await serve(host, subject);
        if (running !== undefined) return running;
        const sentence = "The faulty variant ended before it listened.";
        throw new VariantStartError({ sentence, printed: host.lastLines });
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

function startHost(): OwnedProcess {
  const { PATH, SystemRoot } = process.env;
  const host = ownProcess("The faulty variant", [process.execPath, PROGRAM], {
    env: { PATH, SystemRoot },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  // What servers tell each other comes back to the process that they are in.
  host.child.on("message", (message: { source?: unknown }) => {
    if (message.source !== undefined) host.child.send(message, () => {});
  });
  return host;
}

/** Undefined if the process has ended before the servers listened. */
async function serve(host: OwnedProcess, subject: Subject): Promise<RunningSubject | undefined> {
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
  host.child.send({ folder: subject.folder, environment, servers });
  const urls = await Promise.race([listening(host), host.ended.then(() => undefined)]);
  if (urls === undefined) return undefined;
  const running = { isRunning: () => host.isRunning(), stop: async () => {} };
  return { target: targetOf(subject, urls[0], urls), process: running };
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

// Starts faulty copies of a variant in processes that have loaded their packages already: to load them takes a process of
// its own ten times as long as the cases that notice the fault.
import { once } from "node:events";
import path from "node:path";
import {
  type RunningSubject,
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

export interface FaultHosts {
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

  function takeHost(): OwnedProcess {
    const host = idle.pop() ?? startHost();
    all.add(host);
    return host;
  }

  return {
    async use(work) {
      let host = takeHost();
      const start: StartFaulty = async (subject) => {
        // The fault of the one before may have ended it, as it would end a server.
        if (!host.isRunning()) host = takeHost();
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

function startHost(): OwnedProcess {
  const { PATH, SystemRoot } = process.env;
  return ownProcess("The faulty variant", [process.execPath, PROGRAM], {
    env: { PATH, SystemRoot },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

async function serve(host: OwnedProcess, subject: Subject): Promise<RunningSubject> {
  const { secret, issuer, audience } = SETTINGS;
  const environment = {
    AUTH: subject.auth,
    JWT_SECRET: secret,
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
    ...SWITCHED_ON,
  };
  host.child.send({ folder: subject.folder, environment });
  const answer = await Promise.race([once(host.child, "message"), host.ended.then(() => [])]);
  const [listening] = answer as [{ url: string }?];
  if (listening === undefined)
    throw new VariantStartError({
      sentence: "The faulty variant ended before it listened.",
      printed: host.lastLines,
    });
  const running = { isRunning: () => host.isRunning(), stop: async () => {} };
  return { target: targetOf(subject, listening.url), process: running };
}

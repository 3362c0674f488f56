// Starts faulty copies of a variant in processes that have loaded their packages already: to load them takes a process of
// its own ten times as long as the cases that notice the fault.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import {
  type RunningSubject,
  SETTINGS,
  type Subject,
  targetOf,
} from "../../conformance/subjects.ts";
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

interface Host {
  child: ChildProcess;
  ended: Promise<unknown>;
  /** The last that it said of an error. */
  said: string;
}

const PROGRAM = path.join(ROOT, "scripts", "tools", "faults", "host.mjs");
const KEPT_CHARACTERS = 2_000;

/** Starts nothing yet: there are as many processes as were ever used at once. */
export function openFaultHosts(): FaultHosts {
  const idle: Host[] = [];
  const all = new Set<Host>();

  function takeHost(): Host {
    const host = idle.pop() ?? startHost();
    all.add(host);
    return host;
  }

  return {
    async use(work) {
      let host = takeHost();
      const start: StartFaulty = async (subject) => {
        // The fault of the one before may have ended it, as it would end a server.
        if (!isRunning(host)) host = takeHost();
        return serve(host, subject);
      };
      try {
        return await work(start);
      } finally {
        if (isRunning(host)) idle.push(host);
      }
    },
    async close() {
      for (const { child } of all) child.kill();
      await Promise.all([...all].map(({ ended }) => ended));
    },
  };
}

function startHost(): Host {
  const { PATH, SystemRoot } = process.env;
  const child = spawn(process.execPath, [PROGRAM], {
    env: { PATH, SystemRoot },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const host: Host = { child, ended: once(child, "exit"), said: "" };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    host.said = (host.said + text).slice(-KEPT_CHARACTERS);
  });
  return host;
}

function isRunning({ child }: Host): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function serve(host: Host, subject: Subject): Promise<RunningSubject> {
  const { secret, issuer, audience } = SETTINGS;
  const environment = {
    AUTH: subject.auth,
    JWT_SECRET: secret,
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
  };
  host.child.send({ folder: subject.folder, environment });
  const answer = await Promise.race([once(host.child, "message"), host.ended.then(() => [])]);
  const [listening] = answer as [{ url: string }?];
  if (listening === undefined)
    throw new VariantStartError({
      sentence: "The faulty variant ended before it listened.",
      printed: host.said.split("\n"),
    });
  const running = { isRunning: () => isRunning(host), stop: async () => {} };
  return { target: targetOf(subject, listening.url), process: running };
}

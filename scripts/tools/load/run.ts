// One run: notes before, while one server is killed and another one starts in its place, and after.
import { setTimeout } from "node:timers/promises";
import { type Answers, type Crowd, gather } from "./crowd.ts";
import { Ledger, type Tally } from "./ledger.ts";
import type { LoadOptions } from "./options.ts";
import { type LoadedServers, startServers } from "./servers.ts";

/** What one part of the run came to. */
export interface Part {
  name: string;
  tally: Tally;
  answers: Answers;
  durationMs: number;
}

export interface LoadReport {
  connectedMs: number;
  parts: Part[];
  /** From the kill until another server runs, all clients are connected, and answers are whole again. */
  runsAgainMs: number;
  allBackMs: number;
  wholeAgainMs: number;
}

const BEFORE_KILL_MS = 1_000;
const MOST_NOTES_PER_SECOND = 400;
const TICK_MS = 25;
/** As long as a second connection may take to find out that its server has gone. */
const LONGEST_RETURN_MS = 120_000;
/** Longer than a server waits for the answers of the others. */
const LONGEST_GAP_MS = 4_000;
const LONGEST_DELIVERY_MS = 10_000;
const SETTLE_MS = 500;
const LOOK_EVERY_MS = 50;

/**
 * @param secret by which tokens are signed
 * @param own is given what ends the servers, should the run be stopped
 */
export async function runLoad(
  { clients, adapter, seconds }: LoadOptions,
  secret: string,
  own: (stop: () => Promise<void>) => void,
): Promise<LoadReport> {
  const quiet = (): Promise<void> => setTimeout(seconds * 1_000);
  const servers = await startServers(adapter, secret);
  own(() => servers.stop());
  try {
    const startedMs = performance.now();
    const crowd = await gather(servers.url, secret, clients);
    const connectedMs = performance.now() - startedMs;
    const before = await writeNotes(crowd, "before", quiet);
    const times = { runsAgainMs: 0, allBackMs: 0, wholeAgainMs: 0 };
    const during = await writeNotes(crowd, "one server killed", async (lastGap) => {
      Object.assign(times, await killOne(servers, crowd, lastGap));
    });
    const after = await writeNotes(crowd, "after", quiet);
    crowd.leave();
    return { connectedMs, parts: [before, during, after], ...times };
  } finally {
    await servers.stop();
  }
}

/** When the last answer came that was not whole; 0, if none did. */
type LastGap = () => number;

async function killOne(servers: LoadedServers, crowd: Crowd, lastGap: LastGap) {
  await setTimeout(BEFORE_KILL_MS);
  const killedMs = performance.now();
  const since = (): number => performance.now() - killedMs;
  const runsAgain = servers.killOne().then(since);
  // By then those of the killed server know it.
  await until(() => crowd.connected() < crowd.clients.length);
  const allBack = until(() => crowd.connected() === crowd.clients.length).then(since);
  const [runsAgainMs, allBackMs] = await Promise.all([runsAgain, allBack]);
  await until(() => performance.now() - Math.max(lastGap(), killedMs + allBackMs) > LONGEST_GAP_MS);
  return { runsAgainMs, allBackMs, wholeAgainMs: Math.max(lastGap() - killedMs, 0) };
}

/** Clients write to each other as long as something takes, and until all that they wrote has come. */
async function writeNotes(
  crowd: Crowd,
  name: string,
  meanwhile: (lastGap: LastGap) => Promise<unknown>,
): Promise<Part> {
  const ledger = new Ledger();
  crowd.countIn(ledger);
  const answers: Answers = { whole: 0, errors: 0, none: 0 };
  let lastGapMs = 0;
  const startedMs = performance.now();
  const perMs = Math.min(MOST_NOTES_PER_SECOND, crowd.clients.length) / 1_000;
  let sent = 0;
  const waiting = new Set<Promise<void>>();
  const writeOne = async (): Promise<void> => {
    const answer = await crowd.sendOne();
    answers[answer] += 1;
    if (answer !== "whole") lastGapMs = performance.now();
  };
  const write = (): void => {
    for (const due = (performance.now() - startedMs) * perMs; sent < due; sent += 1) {
      const answered = writeOne().finally(() => waiting.delete(answered));
      waiting.add(answered);
    }
  };
  const timer = setInterval(write, TICK_MS);
  try {
    await meanwhile(() => lastGapMs);
  } finally {
    clearInterval(timer);
  }
  const durationMs = performance.now() - startedMs;
  await Promise.all(waiting);
  await waitFor(() => ledger.tally(crowd.clients).lost === 0, LONGEST_DELIVERY_MS);
  // One that comes twice comes a little later.
  await setTimeout(SETTLE_MS);
  return { name, tally: ledger.tally(crowd.clients), answers, durationMs };
}

/** @throws Error if it is not so in time */
async function until(isSo: () => boolean): Promise<void> {
  if (await waitFor(isSo, LONGEST_RETURN_MS)) return;
  const seconds = LONGEST_RETURN_MS / 1_000;
  throw new Error(`After ${seconds} seconds, not all clients are back, or not all answers whole.`);
}

/** @returns whether it is so in time */
async function waitFor(isSo: () => boolean, longestMs: number): Promise<boolean> {
  const endMs = performance.now() + longestMs;
  while (!isSo()) {
    if (performance.now() > endMs) return false;
    await setTimeout(LOOK_EVERY_MS);
  }
  return true;
}

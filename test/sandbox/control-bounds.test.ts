// What one page may cost the others: a bound on its calls, on the runs that it never settles, and on what it never reads.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openLab } from "../../scripts/lab/lab.ts";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import { openCells } from "../../scripts/sandbox/cells.ts";
import { openSeenTokens } from "../../scripts/sandbox/seen-tokens.ts";
import { openSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { limitWork } from "../../scripts/sandbox/work-limit.ts";
import { enter, enterRaw, OWN } from "../helpers/control-page.ts";

let sandbox: Sandbox;
let folder: string;
const mistakes: unknown[] = [];
const pages: Socket[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "control-bounds-"));
  process.env["PROGRESS_FOLDER"] = folder;
  sandbox = await openSandbox({ startsAhead: false, onMistake: (error) => mistakes.push(error) });
});
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});
afterAll(async () => {
  await sandbox.close();
  delete process.env["PROGRESS_FOLDER"];
  await rm(folder, { recursive: true });
});

async function openPage(): Promise<Socket> {
  const page = await enter(sandbox);
  pages.push(page);
  return page;
}

interface Answer {
  answer?: { verdict?: string; outcome?: { result: string }[] };
  error?: string;
}

describe("the calls of a page", () => {
  it("that are too many are refused at once; those under way have an outcome, and so has that of another page", async () => {
    const greedy = await openPage();
    const other = await openPage();
    const calls = Array.from({ length: 2_000 }, () => greedy.emitWithAck("runNode", OWN));
    const fromOther = (await other.emitWithAck("runNode", OWN)) as Answer;
    const answers = (await Promise.all(calls)) as Answer[];
    const refused = answers.filter(({ error }) => error !== undefined);
    expect(new Set(refused.map(({ error }) => error))).toEqual(
      new Set(["The sandbox is overloaded: try again in a moment."]),
    );
    const answered = answers.filter(({ answer }) => answer !== undefined);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.length).toBeLessThanOrEqual(64);
    // Connected, unless this machine is slow today.
    for (const { answer } of [...answered, fromOther]) expect(answer?.outcome).toHaveLength(1);
    expect(mistakes).toEqual([]);
  });

  it("that note how a lesson went are bounded as well, and the next page knows how it went", async () => {
    const page = await openPage();
    let news = 0;
    page.on("progress", () => (news += 1));
    const answers = (await Promise.all(
      Array.from({ length: 5_000 }, () => page.emitWithAck("finished", 2, null)),
    )) as Answer[];
    const noted = answers.filter(({ error }) => error === undefined).length;
    expect(noted).toBeGreaterThan(0);
    expect(noted).toBeLessThan(5_000);
    expect(await page.emitWithAck("finished", 2, null)).toEqual({ answer: null });
    // One telling may be under way, and one more is due.
    expect(news).toBeLessThan(noted);
    const { answer } = await (await openPage()).emitWithAck("lessons");
    expect(answer.lessons[1]).toMatchObject({ number: 2, progress: "run" });
    expect(mistakes).toEqual([]);
  });
});

it("many pages together have a bound too, and room again as soon as something is over", async () => {
  const gate = new AbortController();
  const opened = once(gate.signal, "abort");
  const limitPage = limitWork();
  const work = Array.from({ length: 10 }, () => limitPage()).flatMap((limit) =>
    Array.from({ length: 60 }, () => limit(() => opened)),
  );
  const isOver = Promise.allSettled(work);
  await expect(limitPage()(() => Promise.resolve())).rejects.toMatchObject({ code: "OVERLOADED" });
  gate.abort();
  const ends = await isOver;
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(512);
  expect(await limitPage()(() => Promise.resolve("done"))).toBe("done");
});

describe("runs that are prepared and not settled", () => {
  it("count as under way, and leave room for another page", async () => {
    const page = await openPage();
    const calls = Array.from({ length: 100 }, () => page.emitWithAck("prepare", OWN));
    // Most are still under way when the page is closed.
    void Promise.allSettled(calls);
    expect(((await calls.at(-1)) as Answer).error).toMatch(/^The sandbox is overloaded/);
    const first = (await Promise.race([calls[0], calls[1], calls[2]])) as Answer;
    expect(first.answer).toBeDefined();
    const other = (await (await openPage()).emitWithAck("runNode", OWN)) as Answer;
    expect(other.answer?.outcome?.[0]?.result).toBe("connected");
  });

  it("are to be run again where the page itself was late, without a verdict", async () => {
    const page = await openPage();
    const { answer } = (await page.emitWithAck("prepare", OWN)) as { answer: { run: string } };
    const late = { do: "connect", as: "socket", result: "unanswered", durationMs: 5_000 };
    const settled = (await page.emitWithAck("settle", answer.run, [
      { ...late, lateMs: 900 },
    ])) as Answer;
    expect(settled.error).toBe("This machine is too busy to tell: run it again.");
    expect(mistakes).toEqual([]);
  });

  it("are given up after a while, so that what waits for the same server goes on", async () => {
    const lab = await openLab({ startsAhead: false });
    try {
      const cells = (graceMs?: number): ReturnType<typeof openCells> => {
        const options = { lab, limitRuns: limitWork()(), seenTokens: openSeenTokens() };
        return openCells(graceMs === undefined ? options : { ...options, graceMs });
      };
      const { attempts, switches: start } = await readLesson(5);
      const switches = { ...OWN.switches, ...start };
      const [one, other] = attempts.map(({ id }) => ({ lesson: 5, attempt: id, switches }));
      // The attempt's own five seconds, but for a tenth of one.
      const forgetful = cells(-4_900);
      const prepared = await forgetful.prepare(one!);
      const run = "run" in prepared ? prepared.run : "";
      const filled = await cells().runNode(other!);
      expect(filled.verdict).toBe("as expected");
      await expect(forgetful.settle(run, [])).rejects.toMatchObject({
        message: expect.stringMatching(/^This run took too long/),
      });
    } finally {
      await lab.close();
    }
  });
});

describe("a page that does not read", () => {
  // Of all calls the one with the largest answer for the least work.
  const MINT = {
    algorithm: "none",
    key: "server",
    claims: { text: "x".repeat(45_000) },
  } as const;

  it("is cut off, and what it got is forgotten", async () => {
    const page = await enterRaw(sandbox);
    const isCut = once(page.raw, "close").then(() => true);
    const call = `427["mint",${JSON.stringify(MINT)}]`;
    // The system itself holds the first 20 MB, and how soon the replies are more depends on the machine.
    for (let most = 800; most < 12_800; most *= 2) {
      page.raw.pause();
      for (let calls = 0; calls < most; calls += 1) {
        page.raw.send(call);
        if (calls % 60 === 0) await setTimeout(5);
      }
      page.raw.resume();
      const isAnswered = page.call('"files"').then(() => false);
      if (await Promise.race([isCut, isAnswered])) break;
    }
    expect(page.raw.readyState).toBe(page.raw.CLOSED);
    expect(mistakes).toEqual([]);
  });

  it("is another one than a page that reads everything, however much it is", async () => {
    const page = await openPage();
    for (let rounds = 0; rounds < 5; rounds += 1) {
      const calls = Array.from({ length: 60 }, () => page.emitWithAck("mint", MINT));
      for (const each of (await Promise.all(calls)) as Answer[]) expect(each.error).toBeUndefined();
    }
    expect(page.connected).toBe(true);
  });
});

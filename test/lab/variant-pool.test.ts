// The pool keeps servers running, within bounds, and shares each among all who use it.
import { EventEmitter, once } from "node:events";
import { createServer } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnedProcess } from "../../scripts/lab/owned-process.ts";
import {
  openVariantPool,
  type ServerChoice,
  type VariantPool,
} from "../../scripts/lab/servers/pool.ts";
import type { RunningVariant } from "../../scripts/lab/servers/process.ts";
import { listen } from "../../scripts/lab/wire/listening.ts";
import { VARIANTS } from "../../scripts/model/vocabulary.ts";
import { openSandbox } from "../../scripts/sandbox/sandbox.ts";
import { LOGIN } from "../helpers/good-act.ts";
import { lastingPort } from "../helpers/lasting-port.ts";
import { logIn, whoAmI } from "../helpers/node-process.ts";

const SERVER: ServerChoice = {
  variant: "cjs",
  auth: "passport",
  serverTransports: ["polling", "websocket"],
};

const give = (server: RunningVariant): Promise<RunningVariant> => Promise.resolve(server);
const giveAll = async (...servers: RunningVariant[]): Promise<RunningVariant[]> => servers;

function gone(server: RunningVariant): Promise<unknown> {
  return server.isRunning()
    ? new Promise((resolve) => server.output.once("exit", resolve))
    : Promise.resolve();
}

describe("the pool of variants", () => {
  let pool: VariantPool;
  beforeAll(() => {
    pool = openVariantPool({ settings: {}, onLine: () => {}, onCrash: () => {}, mostIdle: 1 });
  });
  afterAll(() => pool.stopAll());

  const running = (choice: ServerChoice): Promise<RunningVariant> => pool.use(choice, give);

  it("starts one server for all who ask at once, and keeps it", async () => {
    const servers = await Promise.all([running(SERVER), running(SERVER), running(SERVER)]);
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
    // The order of the transports makes no other server.
    const serverTransports = ["websocket", "polling"] as const;
    expect((await running({ ...SERVER, serverTransports })).pid).toBe(servers[0].pid);
  });

  it("ends the one that was idle longest when there are too many", async () => {
    const oldest = await running(SERVER);
    const newest = await running({ ...SERVER, auth: "manual" });
    await gone(oldest);
    expect(newest.isRunning()).toBe(true);
  });

  it("ends none that is in use", async () => {
    await pool.use(SERVER, async (busy) => {
      const first = await running({ ...SERVER, auth: "manual" });
      await running({ ...SERVER, auth: "payload" });
      await gone(first);
      expect(busy.isRunning()).toBe(true);
    });
  });

  it("starts another after a restart", async () => {
    const before = await running(SERVER);
    await pool.restart(SERVER);
    expect(before.isRunning()).toBe(false);
    expect((await running(SERVER)).pid).not.toBe(before.pid);
  });

  it("leaves no server running when it is stopped", async () => {
    const { pid } = await running(SERVER);
    await pool.stopAll();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    await expect(running(SERVER)).rejects.toThrow("has been stopped");
  });
});

describe("several servers at one address", () => {
  const THREE: ServerChoice = { ...SERVER, servers: 3, settings: { ADAPTER: "cluster" } };
  const crashes: string[] = [];
  const news = new EventEmitter<{ crash: [] }>();
  let pool: VariantPool;
  let before: RunningVariant[];
  beforeAll(async () => {
    pool = openVariantPool({
      settings: {},
      onLine: () => {},
      onCrash: ({ sentence }) => {
        crashes.push(sentence);
        news.emit("crash");
      },
      mostIdle: 3,
    });
    before = await pool.use(THREE, giveAll);
  });
  afterAll(() => pool.stopAll());

  /** Uses them twice at once. @returns for each server whether it is the one of before */
  async function areSame(): Promise<boolean[]> {
    const [now, same] = await Promise.all([pool.use(THREE, giveAll), pool.use(THREE, giveAll)]);
    expect(same).toEqual(now);
    expect(now.every((server) => server.isRunning())).toBe(true);
    const old = before;
    before = now;
    return now.map(({ pid }, at) => pid === old[at]!.pid);
  }

  it("has one that was killed start again at the next use, and the others stay", async () => {
    await pool.kill(THREE, 2);
    await pool.kill(THREE, 4);
    expect(await areSame()).toEqual([true, false, true]);
    expect(crashes).toEqual([]);
  });

  it("tells of one that ends, and starts it again at the next use", async () => {
    const crash = once(news, "crash");
    process.kill(before[0]!.pid, "SIGKILL");
    await crash;
    expect(await areSame()).toEqual([false, true, true]);
    expect(crashes).toEqual(["The cjs variant (passport) ended (SIGKILL)."]);
  });

  it("ends all of them at a restart, and as the ones that were idle longest", async () => {
    await pool.restart(THREE);
    expect(before.some((server) => server.isRunning())).toBe(false);
    expect(await areSame()).toEqual([false, false, false]);
    const other = await pool.use(SERVER, give);
    await Promise.all(before.map(gone));
    expect(other.isRunning()).toBe(true);
  });

  it("leaves none running where one of them cannot start, and tries again at the next use", async () => {
    const port = await lastingPort();
    // The first one takes it.
    const choice = { ...SERVER, servers: 2, settings: { PORT: String(port) } };
    for (const _ of [1, 2])
      await expect(pool.use(choice, give)).rejects.toThrow(/before it listened[^]*Choose another/);
    await (await listen(createServer(), port, "127.0.0.1")).stop();
  });

  it("leaves none running when it is stopped while one starts", async () => {
    await pool.use(THREE, giveAll);
    await pool.kill(THREE, 1);
    const use = pool.use(THREE, giveAll);
    // By then the process has begun, and does not listen yet.
    await setImmediate();
    await pool.stopAll();
    expect((await use).map((server) => server.isRunning())).toEqual([false, false, false]);
  });
});

describe("a pool that starts processes ahead", () => {
  let pool: VariantPool;
  const news = new EventEmitter<{ standingBy: [] }>();
  beforeAll(() => {
    pool = openVariantPool({
      settings: { secret: "a secret that has at least 32 bytes" },
      onLine: () => {},
      onCrash: () => {},
      startsAhead: true,
      onStandingBy: () => news.emit("standingBy"),
      calmMs: 1,
    });
  });
  afterAll(() => pool.stopAll());

  /** Uses a server, and waits until nothing is left of it and the processes stand by. */
  async function useAndCalm(choice: ServerChoice): Promise<void> {
    const standingBy = once(news, "standingBy");
    await gone(await pool.use(choice, give));
    await standingBy;
  }

  it("keeps no server once nothing is used, and ends none before", async () => {
    await useAndCalm(SERVER);
    await pool.use(SERVER, async (busy) => {
      await pool.use({ ...SERVER, auth: "manual" }, give);
      expect(busy.isRunning()).toBe(true);
    });
  });

  it.each(VARIANTS)("makes the %s variant of one that stood by", async (variant) => {
    await useAndCalm(SERVER);
    await pool.use({ ...SERVER, variant }, async (running) => {
      const { child } = running as unknown as Pick<OwnedProcess, "child">;
      expect(child.spawnargs.at(-1)).toMatch(/spare\.mjs$/);
      const { url } = running;
      expect(await whoAmI(url, await logIn(url))).toEqual({ id: 1, username: "john" });
    });
  });
});

describe("a sandbox", () => {
  it("has processes stand by after a run, since a person may flip a switch", async () => {
    const news = new EventEmitter<{ standingBy: [] }>();
    const standingBy = once(news, "standingBy");
    const mistakes: unknown[] = [];
    const sandbox = await openSandbox({
      onMistake: (error) => mistakes.push(error),
      onStandingBy: () => news.emit("standingBy"),
    });
    await sandbox.lab.run({ ...SERVER, acts: [LOGIN] }, "node");
    await standingBy;
    await sandbox.close();
    expect(mistakes).toEqual([]);
  });
});

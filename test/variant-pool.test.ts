// The pool keeps servers running, within bounds, and shares each among all who use it.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  openVariantPool,
  type ServerChoice,
  type VariantPool,
} from "../scripts/lab/servers/pool.ts";
import type { RunningVariant } from "../scripts/lab/servers/process.ts";

const SERVER: ServerChoice = {
  variant: "cjs",
  auth: "passport",
  serverTransports: ["polling", "websocket"],
};

const give = (server: RunningVariant): Promise<RunningVariant> => Promise.resolve(server);

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
    const ended = new Promise((resolve) => oldest.output.once("exit", resolve));
    const newest = await running({ ...SERVER, auth: "manual" });
    await ended;
    expect([oldest.isRunning(), newest.isRunning()]).toEqual([false, true]);
  });

  it("ends none that is in use", async () => {
    await pool.use(SERVER, async (busy) => {
      const first = await running({ ...SERVER, auth: "manual" });
      const ended = new Promise((resolve) => first.output.once("exit", resolve));
      await running({ ...SERVER, auth: "payload" });
      await ended;
      expect(busy.isRunning()).toBe(true);
    });
  });

  it("starts another after a restart", async () => {
    const before = await running(SERVER);
    await pool.restart(SERVER);
    expect(before.isRunning()).toBe(false);
    expect((await running(SERVER)).pid).not.toBe(before.pid);
  });

  it("ends one that nobody has used for a while, and keeps the one that was used last", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const some = openVariantPool({ settings: {}, onLine() {}, onCrash() {}, idleMs: 1_000 });
    const manual = { ...SERVER, auth: "manual" } as const;
    try {
      const one = await some.use(SERVER, give);
      // Used last, it stays, however long that is ago.
      vi.advanceTimersByTime(5_000);
      expect((await some.use(SERVER, give)).pid).toBe(one.pid);
      // Only the time since its last use counts.
      await some.use(manual, give);
      vi.advanceTimersByTime(600);
      expect((await some.use(SERVER, give)).pid).toBe(one.pid);
      await some.use(manual, give);
      vi.advanceTimersByTime(600);
      expect((await some.use(SERVER, give)).pid).toBe(one.pid);
      const other = await some.use(manual, give);
      vi.advanceTimersByTime(1_000);
      await gone(one);
      expect(other.isRunning()).toBe(true);
    } finally {
      vi.useRealTimers();
      await some.stopAll();
    }
  });

  it("does not keep one that was only warmed", async () => {
    const some = openVariantPool({ settings: {}, onLine() {}, onCrash() {}, idleMs: 1 });
    const used = await some.use(SERVER, give);
    let warmed: RunningVariant | undefined;
    await some.warm({ ...SERVER, auth: "manual" }, (server) => {
      warmed = server;
      return Promise.resolve();
    });
    await gone(warmed!);
    expect(used.isRunning()).toBe(true);
    await some.stopAll();
  });

  it("ends none for being idle that is in use", async () => {
    const some = openVariantPool({ settings: {}, onLine() {}, onCrash() {}, idleMs: 1 });
    const first = { ...SERVER, auth: "manual" } as const;
    await some.use(first, () => Promise.resolve());
    await some.use(first, async (busy) => {
      const other = await some.use(SERVER, give);
      await some.use({ ...SERVER, auth: "payload" }, () => gone(other));
      expect(busy.isRunning()).toBe(true);
    });
    await some.stopAll();
  });

  it("leaves no server running when it is stopped", async () => {
    const { pid } = await running(SERVER);
    await pool.stopAll();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    await expect(running(SERVER)).rejects.toThrow("has been stopped");
  });
});

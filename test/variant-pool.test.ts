// The pool keeps servers running, within bounds, and shares each among all who use it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  openVariantPool,
  type ServerChoice,
  type VariantPool,
} from "../scripts/lab/variant-pool.ts";
import type { RunningVariant } from "../scripts/lab/variant-process.ts";

const SERVER: ServerChoice = {
  variant: "cjs",
  auth: "passport",
  serverTransports: ["polling", "websocket"],
};
describe("the pool of variants", () => {
  let pool: VariantPool;
  beforeAll(() => {
    pool = openVariantPool({ settings: {}, onLine: () => {}, onCrash: () => {}, mostIdle: 1 });
  });
  afterAll(() => pool.stopAll());

  const running = (choice: ServerChoice): Promise<RunningVariant> =>
    pool.use(choice, (server) => Promise.resolve(server));

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

  it("leaves no server running when it is stopped", async () => {
    const { pid } = await running(SERVER);
    await pool.stopAll();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    await expect(running(SERVER)).rejects.toThrow("has been stopped");
  });
});

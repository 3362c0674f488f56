// Nothing that was started outlives the process that started it, however that one ends.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { ownProcess } from "../../scripts/lab/owned-process.ts";
import { ROOT } from "../../scripts/lab/servers/variants.ts";
import { startCommand, startNode, startProgram } from "../helpers/node-process.ts";

// Each ends after a while if nobody ends it, so that a test that fails leaves nothing.
const DEAF =
  'process.on("SIGTERM", () => {}); console.log("up"); const end = Date.now() + 50_000; while (Date.now() < end);';
const CHILD = 'console.log("up"); setTimeout(() => {}, 50_000);';
const WITH_A_CHILD = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(CHILD)}], { stdio: "inherit" });`;

const module = (name: string): string => JSON.stringify(path.join(ROOT, "scripts/lab", name));

/** A program that owns a process that hears nothing, a group and a folder, and then does something else. */
function owner(then: string, folder = "/no/such folder"): string[] {
  const program = `
    import { ownProcess } from ${module("owned-process.ts")};
    import { guardFolder } from ${module("watchdog.ts")};
    const inherit = { stdio: ["ignore", "inherit", "inherit"] };
    ownProcess("It", [process.execPath, "-e", ${JSON.stringify(DEAF)}], inherit);
    ownProcess("It", [process.execPath, "-e", ${JSON.stringify(WITH_A_CHILD)}], { ...inherit, hasOwnGroup: true });
    guardFolder(${JSON.stringify(folder)});
    ${then}`;
  return ["--max-old-space-size=60", "--import", "tsx", "--input-type=module", "--eval", program];
}

const STAYS = "setInterval(() => {}, 1_000);";
const RUNS_OUT_OF_MEMORY = "setTimeout(() => { for (const all = [];;) all.push([...all]); }, 300);";

// Its output ends only when the last process that writes to it has ended.
describe.concurrent("a process that owns others takes them with it", () => {
  it.each(["itself", "its whole group"])("when SIGKILL ends %s", async (what) => {
    const folder = await mkdtemp(path.join(tmpdir(), "owned folder-"));
    const running = startNode(owner(STAYS, folder), { hasOwnGroup: true });
    await running.printed(/up\n[^]*up\n/);
    process.kill(what === "itself" ? running.pid : -running.pid, "SIGKILL");
    expect(await running.ended).toMatchObject({ code: "SIGKILL" });
    await expect.poll(() => existsSync(folder)).toBe(false);
  });

  it("when it runs out of memory", async () => {
    const { stderr } = await startNode(owner(RUNS_OUT_OF_MEMORY)).ended;
    expect(stderr).toContain("heap out of memory");
  });

  it("when it exits", async () => {
    const exit = await startNode(owner("setTimeout(() => process.exit(3), 300);")).ended;
    expect(exit).toMatchObject({ code: 3, stderr: "" });
  });
});

function node(code: string): [string, ...string[]] {
  return [process.execPath, "-e", code];
}

describe.concurrent("an owned process", () => {
  it("keeps nobody alive once it has been stopped", async () => {
    const program = `import { ownProcess } from ${module("owned-process.ts")};
      await ownProcess("It", [process.execPath, "-e", "setInterval(() => {}, 1_000)"]).stop();`;
    const args = ["--import", "tsx", "--input-type=module", "--eval", program];
    expect(await startNode(args).ended).toEqual({ stdout: "", stderr: "", code: 0 });
  });

  it("is ended by force if it does not end when it is asked to", async () => {
    const deaf = ownProcess("It", node(DEAF));
    await deaf.printed(/up/, "it was up", 20_000);
    await deaf.stop();
    expect(deaf.isRunning()).toBe(false);
    expect((await deaf.ended).reason).toBe("SIGKILL");
  });

  it("that leads a group ends with all its members, also when it ends first", async () => {
    const leader = ownProcess(
      "It",
      node(`${WITH_A_CHILD} setTimeout(() => process.exit(4), 300);`),
      {
        hasOwnGroup: true,
      },
    );
    // Its child holds its output open.
    expect(await leader.ended).toMatchObject({ reason: 4 });
  });

  it("says how it ended, with what it printed last", async () => {
    const failing = ownProcess(
      "The helper",
      node('console.error("no port left"); process.exit(3);'),
    );
    await expect(failing.printed(/ready/, "it was ready", 20_000)).rejects.toThrow(
      "The helper ended (3) before it was ready. It printed:\nno port left",
    );
    expect((await failing.ended).sentence).toBe("The helper ended (3): no port left");
  });

  it("is ended if it does not print in time what is waited for", async () => {
    const silent = ownProcess("The helper", node("setInterval(() => {}, 1_000)"));
    await expect(silent.printed(/ready/, "it was ready", 300)).rejects.toThrow(
      "The helper was ended after 0.3 s, before it was ready.",
    );
    expect(silent.isRunning()).toBe(false);
  });

  it("that cannot be started is a sentence", async () => {
    const missing = ownProcess("The helper", ["/no/such/program"]);
    expect((await missing.ended).sentence).toMatch(/^The helper could not be started: .*ENOENT/);
    await missing.stop();
  });

  it("that has ended may be sent messages: each is an error, and none ends this process", async () => {
    const command = [process.execPath, "-e", ""] as const;
    const { child, ended } = ownProcess("It", command, {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    await ended;
    const errors: string[] = [];
    child.on("error", ({ message }) => errors.push(message));
    for (const message of ["one", "two"]) child.send(message);
    await vi.waitFor(() => expect(errors).toEqual(["Channel closed", "Channel closed"]));
    expect(child.listenerCount("error")).toBe(2);
  });

  it("is ended by a signal of its user, also by one that came before it", async () => {
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(300)]) {
      const aborted = ownProcess("It", node(DEAF), { signal });
      expect(await aborted.ended).toMatchObject({ reason: "SIGKILL" });
    }
  });
});

describe.concurrent("a command", () => {
  it("npm start leaves no variant after SIGQUIT", async () => {
    const server = startCommand("start", ["--port", "0"]);
    await server.printed(/^listening on/m);
    server.kill("SIGQUIT");
    expect(await server.ended).toMatchObject({ code: "SIGQUIT" });
  });

  it("npm run sandbox ends with npm, which tells it nothing", async () => {
    const env = { PROGRESS_FOLDER: await mkdtemp(path.join(tmpdir(), "owned-sandbox-")) };
    const npm = startProgram("npm", ["run", "sandbox"], { env });
    await npm.printed(/Ctrl-C stops it/);
    npm.kill("SIGTERM");
    // Resolves when nobody holds its output any more.
    expect((await npm.ended).stdout).toContain("The sandbox is at");
    await rm(env.PROGRESS_FOLDER, { recursive: true });
  });
});

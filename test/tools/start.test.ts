// `npm start`: one variant in the foreground, with its page, its settings and a clean end.
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { ArgumentsError } from "../../scripts/command/arguments.ts";
import { readStartArguments, START_HELP } from "../../scripts/command/start-options.ts";
import { VARIANTS } from "../../scripts/model/vocabulary.ts";
import {
  logIn,
  type NodeProcess,
  runCommand,
  type Start,
  startCommand,
  startProgram,
  whoAmI,
} from "../helpers/node-process.ts";

/** Runs `npm start` until it listens, lets the test use it, and stops it. */
async function withServer(
  args: readonly string[],
  start: Start,
  use: (url: string, server: NodeProcess) => Promise<void>,
): Promise<void> {
  const server = startCommand("start", args, start);
  try {
    const [, url = ""] = await server.printed(/^listening on (http:\S+)$/m);
    await use(url, server);
  } finally {
    server.kill("SIGTERM");
    await server.ended;
  }
}

describe.each(VARIANTS)("npm start %s", (variant) => {
  it("serves the client page, logs in and connects", async () => {
    await withServer([variant, "--port", "0"], {}, async (url) => {
      const page = await fetch(url);
      expect(page.headers.get("content-type")).toMatch(/^text\/html/);
      expect(await whoAmI(url, await logIn(url))).toEqual({ id: 1, username: "john" });
    });
  });
});

describe("the settings of npm start", () => {
  it("come from flags", async () => {
    const flags = ["--port=0", "--auth=payload", "--transports=websocket", "--lifetime=60"];
    const claims = ["--issuer=an.issuer", "--audience=an.audience"];
    await withServer(["esm", ...flags, ...claims], {}, async (url, server) => {
      await server.printed(/^Starting the esm variant \(auth payload, transports websocket\)/m);
      const [, payload = ""] = (await logIn(url)).split(".");
      const { iss, aud, iat, exp } = JSON.parse(Buffer.from(payload, "base64url").toString());
      expect({ iss, aud, lifetime: exp - iat }).toEqual({
        iss: "an.issuer",
        aud: "an.audience",
        lifetime: 60,
      });
      const polling = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
      expect(await polling.json()).toMatchObject({ message: "Transport unknown" });
    });
  });

  it("come from the environment, and a flag goes before it", async () => {
    const env = {
      PORT: "99999",
      AUTH: "manual",
      JWT_SECRET: "a secret of at least thirty-two bytes",
    };
    await withServer(["--port", "0"], { env }, async (url, server) => {
      const [printed] = await server.printed(/^Starting .+\n[^]*listening.+\n/m);
      expect(printed).toMatch(/auth manual/);
      expect(printed).not.toMatch(/random secret|aaaa/);
      expect(await whoAmI(url, await logIn(url))).toMatchObject({ id: 1 });
    });
  });

  it("end the command with the variant's own sentence if they cannot work", async () => {
    const { stderr, code } = await runCommand("start", [], { env: { AUTH: "basic" } });
    expect(stderr).toBe('AUTH must be one of passport, manual, payload, cookie, got "basic".\n');
    expect(code).toBe(1);
  });

  it("add what was typed to what the variant's sentence names", async () => {
    const { stderr, code } = await runCommand("start", ["--port", "0", "--lifetime", "0"]);
    expect(stderr).toMatch(
      /^TOKEN_LIFETIME_SECONDS must be .*\nWith npm start, --port sets PORT, --lifetime sets TOKEN_LIFETIME_SECONDS\.\n$/,
    );
    expect(code).toBe(1);
  });

  it("end the command with one sentence if the port is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const { stderr, code } = await runCommand("start", ["--port", String(port)]);
    expect(stderr).toMatch(
      new RegExp(
        `^Choose another PORT or HOST: .*in use 127\\.0\\.0\\.1:${port}\\.\nWith npm start, --port sets PORT\\.\n$`,
      ),
    );
    expect(code).toBe(1);
    other.close();
  });
});

describe("the end of npm start", () => {
  // Waiting for the end of the output proves that the variant has gone as well: it writes to the same pipe.
  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("comes with %s", async (signal) => {
    const server = startCommand("start", ["--port", "0"]);
    await server.printed(/^listening on/m);
    server.kill(signal);
    expect(await server.ended).toMatchObject({ code: 0, stderr: "" });
  });

  it("comes with Ctrl-C, which a terminal sends to the variant as well", async () => {
    const server = startCommand("start", ["ts", "--port", "0"], { hasOwnGroup: true });
    await server.printed(/^listening on/m);
    process.kill(-server.pid, "SIGINT");
    expect(await server.ended).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("npm itself", () => {
  it("takes the variant with it when it is stopped", async () => {
    const npm = startProgram("npm", ["start", "--", "--port", "0"]);
    await npm.printed(/^listening on/m);
    npm.kill("SIGTERM");
    // Resolves when nobody holds its output any more.
    const { stdout } = await npm.ended;
    expect(stdout).toMatch(/^listening on/m);
  });
});

describe("the arguments of npm start", () => {
  // oxfmt-ignore
  const WRONG: [string, string[], Record<string, string>, string][] = [
    ["an unknown variant", ["deno"], {}, 'There is no variant "deno": choose one of cjs, esm, ts.'],
    ["two variants", ["cjs", "ts"], {}, 'npm start takes one variant, got "ts" as well.'],
    ["an unknown flag", ["--sport", "1"], {}, "There is no flag --sport: npm start -- --help lists the flags."],
    ["a flag without a value", ["ts", "--port"], {}, "--port is not complete: npm start -- --help lists the flags."],
    ["a value that there is not", ["--auth", "basic"], {}, '--auth must be one of passport, manual, payload, cookie, got "basic".'],
    ["a transport that there is not", ["--transports", "polling,udp"], {}, '--transports must be one of polling, websocket, got "udp".'],
    ["a port that there is not", ["--port", "70000"], {}, '--port must be a whole number from 0 to 65535, got "70000".'],
    ["a secret as a flag", ["--secret", "a-secret-that-must-not-appear"], {}, "A secret is never a flag, since other users of a machine can read those: set JWT_SECRET in the environment."],
    ["more servers than are useful", ["--nodes", "10"], {}, '--nodes must be a whole number from 2 to 9, got "10".'],
    ["several servers for other machines", ["--nodes", "3"], { HOST: "0.0.0.0" }, '--nodes is for this machine alone: leave out --host and HOST, got "0.0.0.0".'],
    ["the cluster adapter for one server", ["--adapter", "cluster"], {}, "The cluster adapter connects several servers: add --nodes 3."],
    ["an adapter that there is not", ["--nodes", "3", "--adapter", "mongo"], {}, '--adapter must be one of memory, cluster, redis, got "mongo".'],
    ["flags without -- before them", ["ts", "4000"], { npm_lifecycle_event: "start", npm_config_port: "true" }, "npm kept --port for itself: put -- before the flags, as in npm start … -- --port …."],
  ];
  it.each(WRONG)("refuse %s in one sentence", (_what, args, env, sentence) => {
    expect(() => readStartArguments(args, env)).toThrow(new ArgumentsError(sentence));
  });

  it("end the command where they are wrong", async () => {
    const sentence = '--auth must be one of passport, manual, payload, cookie, got "basic".\n';
    const ended = { stdout: "", stderr: sentence, code: 2 };
    expect(await runCommand("start", ["--auth", "basic"])).toEqual(ended);
  });

  it("explain every setting that the server reads", () => {
    const source = readFileSync("variants/ts/settings.ts", "utf8");
    const names = source.matchAll(/\("([A-Z_]+)"|\benv\.([A-Z_]+)/g);
    const settings = new Set(Array.from(names, ([, called, read]) => called ?? read));
    expect(settings.size).toBeGreaterThan(13);
    for (const name of settings) expect(START_HELP).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it("explain themselves with --help in 80 columns", async () => {
    const { stdout, code } = await runCommand("start", ["--help"]);
    expect(stdout).toMatch(/^Usage: npm start/);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(code).toBe(0);
  });
});

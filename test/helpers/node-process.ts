// Starts a file with Node as a process of its own, and waits for what it prints and for its end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { io } from "socket.io-client";
import { ROOT } from "../../scripts/lab/servers/variants.ts";

export interface Ended {
  stdout: string;
  stderr: string;
  /** The exit code, or the signal that ended the process. */
  code: number | string;
}

export interface NodeProcess {
  readonly pid: number;
  /** Resolves with the first match in what the process prints; rejects with its errors if it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** The same for what it prints beside its result. */
  remarked(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the process has ended and all it printed has been read. */
  readonly ended: Promise<Ended>;
}

export interface Start {
  /** Added to what names programs and folders, and to nothing else: no setting of the person who runs the tests counts. */
  env?: Record<string, string>;
  /** Where it starts; the project's root if not given. */
  cwd?: string;
  /** Leads a process group of its own, which can be signalled as a terminal does at Ctrl-C. */
  hasOwnGroup?: boolean;
  /** Runs it as another user, which only root can do. */
  user?: { uid: number; gid: number };
}

/** Starts `node` with these arguments. */
export function startNode(args: readonly string[], start: Start = {}): NodeProcess {
  return startProgram(process.execPath, args, start);
}

/** Starts a program. */
export function startProgram(
  program: string,
  args: readonly string[],
  { env = {}, cwd = ROOT, hasOwnGroup = false, user }: Start = {},
): NodeProcess {
  const { PATH, TMPDIR, CHROME_PATH, CHROME_FROM } = process.env;
  const child = spawn(program, args, {
    cwd,
    detached: hasOwnGroup,
    ...user,
    env: {
      PATH,
      ...(TMPDIR && { TMPDIR }),
      ...(CHROME_PATH && { CHROME_PATH }),
      ...(CHROME_FROM && { CHROME_FROM }),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([code, signal]: (number | string)[]) => ({
    stdout,
    stderr,
    code: code ?? signal ?? "unknown",
  }));

  async function matches(
    stream: Readable,
    read: () => string,
    pattern: RegExp,
  ): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(read());
      if (match !== null) return match;
      const news = await Promise.race([once(stream, "data"), ended]);
      if (!Array.isArray(news)) throw new Error(`ended (${news.code}) first:\n${news.stderr}`);
    }
  }

  return {
    pid: child.pid!,
    printed: (pattern) => matches(child.stdout, () => stdout, pattern),
    remarked: (pattern) => matches(child.stderr, () => stderr, pattern),
    kill: (signal) => child.kill(signal),
    ended,
  };
}

/** Starts one of the project's commands as npm does: `npm run lesson`, or `npm start`. */
export function startCommand(
  name: string,
  args: readonly string[],
  start: Start = {},
): NodeProcess {
  return startNode(["scripts/run.mjs", name, ...args], start);
}

/** Runs one of the project's commands to its end. */
export function runCommand(
  name: string,
  args: readonly string[],
  start: Start = {},
): Promise<Ended> {
  return startCommand(name, args, start).ended;
}

/** Logs the demo user in and returns the token. */
export async function logIn(url: string): Promise<string> {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "john", password: "changeit" }),
  });
  const cookie = /^access_token=([^;]+)/.exec(response.headers.get("set-cookie") ?? "");
  if (cookie !== null) return cookie[1]!;
  const { token } = (await response.json()) as { token: string };
  return token;
}

/** The token in each of the places where a mode looks for it. */
export function everywhere(token: string) {
  const extraHeaders = { authorization: `bearer ${token}`, cookie: `access_token=${token}` };
  return { extraHeaders, auth: { token } };
}

/** Connects a socket with the token in every place, and asks the server who it is. */
export async function whoAmI(url: string, token: string): Promise<unknown> {
  const socket = io(url, {
    ...everywhere(token),
    reconnection: false,
  });
  try {
    return await new Promise((resolve, reject) => {
      socket.once("connect_error", reject);
      socket.emit("whoami", resolve);
    });
  } finally {
    socket.close();
  }
}

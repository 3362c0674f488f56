// `npm run trace` as a process: its sentences, its end, and what it saves.
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { portOf } from "../../scripts/lab/wire/listening.ts";
import { readTraceOptions } from "../../scripts/terminal/trace/trace-options.ts";
import { type NodeProcess, runCommand, startCommand, startNode } from "../helpers/node-process.ts";
import { listening, tokenFor } from "../helpers/traced-app.ts";

const PEM_FILE = path.join(import.meta.dirname, "../helpers/localhost.pem");
const http = createServer();
const app = new Server(http);
let to: string;
let folder: string;

beforeAll(async () => {
  app.on("connection", (socket) =>
    socket.on("ask", (answer: (word: string) => void) => answer("yes")),
  );
  app.use((socket, next) =>
    next(socket.handshake.auth["token"] ? undefined : new Error("unauthorized")),
  );
  to = (await listening(http)).origin;
  folder = await mkdtemp(path.join(tmpdir(), "trace-command-"));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

it.each([
  [[], /^--to is missing: npm run trace -- --to http/],
  [["--to", "127.0.0.1:5000"], /^--to must be the address of your app, such as http:/],
  [["--to", "localhost:5000"], /^--to must be the address/],
  [
    ["--to", "http://127.0.0.1:5000/socket.io/"],
    /without a path, .*: http:\/\/127\.0\.0\.1:5000\.$/,
  ],
  [
    ["--to", "http://127.0.0.1:5000", "--only", "event"],
    /^--only must be one of handshakes, refused, events/,
  ],
  [["--to", "http://127.0.0.1:5000", "--port", "x"], /^--port must be/],
  [
    ["--read", "file", "--to", "http://127.0.0.1:5000"],
    /^--read shows a file, and takes no --to\.$/,
  ],
])("refuses %j in one sentence", (args, sentence) => {
  expect(() => readTraceOptions(args, {})).toThrow(sentence);
});

it("takes no setting of npm for its own --save", () => {
  const env = {
    npm_lifecycle_event: "trace",
    npm_config_save: "",
    npm_config_save_exact: "true",
  };
  expect(readTraceOptions(["--read", "file"], env)?.from).toEqual({ file: "file" });
});

it("refuses in one sentence an app that is not there, a port in use, and a file that is not a trace", async () => {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = String(portOf(server));
  const names = ["other.json", "late.json", "planted.json"];
  const [other, late, planted] = names.map((name) => path.join(folder, name));
  const trace = { format: "socketio-jwt-sandbox trace 1", to: "", beganAt: 0, steps: [] };
  await writeFile(other!, JSON.stringify({ ...trace, steps: [{ kind: "frame" }] }));
  await writeFile(late!, JSON.stringify({ ...trace, beganAt: 1e300 }));
  const frame = { id: 1, atMs: 0, connection: 1, from: "client", kind: "frame", opcode: "text" };
  const packets = [{ engine: "message", socket: { toString: 1 } }];
  const steps = [{ ...frame, packets, tokens: [] }];
  await writeFile(planted!, JSON.stringify({ ...trace, steps }));
  const runs = [
    [
      ["--to", "http://127.0.0.1:9"],
      /^Nothing can be reached at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\): start your app first, or correct --to\.\n$/,
    ],
    [["--to", to, "--port", port], /^Port \d+ is in use: choose another with --port\.\n$/],
    [
      ["--to", to, "--save", path.join(folder, "no", "file")],
      /^--save: \S+ cannot be written \(ENOENT\)\.\n$/,
    ],
    [["--read", path.join(folder, "none.json")], /^--read: \S+ cannot be read \(ENOENT\)\.\n$/],
    [
      ["--read", other!],
      /^--read: \S+ is not a trace that --save has written, at "steps\.0\.id": .*\n$/,
    ],
    [["--read", late!], /^--read: \S+ is not a trace that --save has written, at "beganAt": .*\n$/],
    [["--read", planted!], /, at "steps\.0\.packets\.0\.socket": .*\n$/],
  ] as const;
  for (const [args, sentence] of runs) {
    const { stdout, stderr, code } = await runCommand("trace", args);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(sentence);
  }
  server.close();
});

it("shows its summary though the trace cannot be saved, and says so in one sentence", async () => {
  const own = await mkdtemp(path.join(folder, "gone-"));
  const [trace] = await start(["--to", to, "--save", path.join(own, "trace.json")]);
  await rm(own, { recursive: true });
  trace.kill("SIGINT");
  const { stdout, stderr, code } = await trace.ended;
  expect(stdout).toContain("No client came.");
  expect(stderr).toMatch(/^--save: \S+ cannot be written \(ENOENT\)\.\n$/);
  expect(code).toBe(130);
});

it("shows the stack of a bug that comes to light at the end", async () => {
  const program = `
    import { endInGoodOrder } from "./scripts/command/ending.ts";
    endInGoodOrder(() => Promise.reject(new TypeError("a bug")));
    setInterval(() => console.log("runs"), 1);
  `;
  const command = startNode(["--import", "tsx", "--input-type=module", "-e", program]);
  await command.printed(/runs/);
  command.kill("SIGTERM");
  const { stderr, code } = await command.ended;
  expect(stderr).toMatch(/^TypeError: a bug\n {4}at /);
  expect(code).toBe(143);
});

it("prints what a trace names without steering the terminal", async () => {
  const file = path.join(folder, "named.json");
  const name = "http://\u001B[2Japp.example";
  const trace = { format: "socketio-jwt-sandbox trace 1", to: name, beganAt: 0, steps: [] };
  await writeFile(file, JSON.stringify(trace));
  const { stdout } = await runCommand("trace", ["--read", file]);
  expect(stdout).toMatch(
    /^In front of http:\/\/\uFFFD\[2Japp\.example, from 1970-01-01 00:00:00 UTC\.\n/,
  );
});

async function start(flags: readonly string[], env = {}): Promise<[NodeProcess, string]> {
  const trace = startCommand("trace", flags, { env });
  const [, address = ""] = await trace.printed(/^Point your client at (\S+):/m);
  return [trace, address];
}

it("tells who came, ends with a summary at Ctrl-C, and shows what it saved again", async () => {
  const file = path.join(folder, "trace.json");
  const [trace, address] = await start(["--to", to, "--save", file]);
  const token = tokenFor(3600);
  const socket = io(address, { auth: { token }, transports: ["websocket"] });
  expect(await socket.emitWithAck("ask")).toBe("yes");
  await trace.printed(/answer to ask yes/);
  const refused = io(address, { transports: ["websocket"], forceNew: true });
  await once(refused as never, "connect_error");
  await trace.printed(/npm run lesson 7/);
  socket.close();
  refused.close();
  await trace.printed(/ · closed/);
  trace.kill("SIGINT");
  const { stdout, stderr, code } = await trace.ended;
  expect({ stderr, code }).toEqual({ stderr: "", code: 130 });
  const shown = stdout.slice(stdout.indexOf("\n   0."));
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([
    `Point your client at ${address}: it goes on to ${to}. Nothing that passes is changed.`,
  ]);
  expect(shown).toMatch(/#1 {3}▶ CONNECT: payload …[\w-]{6}: ann, HS256, 59 minutes left/);
  expect(shown).toMatch(
    /Who came, and what came of it:\n.*ann, HS256\n {4}✓ connected\n {2}no token\n {4}✗ CONNECT refused: "unauthorized"/s,
  );
  const saved = await readFile(file, "utf8");
  for (const text of [stdout, saved]) expect(text).not.toContain(token.split(".")[2]);
  // What it was in front of is free, and nothing listens.
  await expect(fetch(address)).rejects.toThrow("fetch failed");

  const read = await runCommand("trace", ["--read", file]);
  expect(read.stdout).toContain("▶ CONNECT without auth");
  expect(read.stdout.slice(read.stdout.indexOf("Who came"))).toBe(
    shown.slice(shown.indexOf("Who came")).replace(/The trace is in .*\n/, ""),
  );
  const only = await runCommand("trace", [
    "--read",
    file,
    "--only",
    "events",
    "--client",
    "ann",
    "--json",
  ]);
  const lines = only.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { text?: string; summary?: object });
  expect(lines.map(({ text, summary }) => text ?? Object.keys(summary ?? {}))).toEqual([
    "event ask",
    "answer to ask yes",
    ["ends", "troubles", "heartbeats", "others"],
  ]);
});

it("stands in front of https, with its own Host and Origin rewritten and nothing else", async () => {
  const pem = await readFile(PEM_FILE);
  const seen: IncomingMessage["headers"][] = [];
  const server = createSecureServer({ key: pem, cert: pem }, ({ headers }, response) => {
    seen.push(headers);
    response.end("hello");
  });
  const { port } = await listening(server);
  const name = `https://localhost:${port}`;
  const untrusted = await runCommand("trace", ["--to", name]);
  expect(untrusted.stderr).toMatch(
    /^Nothing can be reached at https:\S+ \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
  );
  const [trace, address] = await start(["--to", name], { NODE_EXTRA_CA_CERTS: PEM_FILE });
  for (const origin of [address, "http://page.example"])
    expect(await (await fetch(address, { headers: { origin } })).text()).toBe("hello");
  // DNS rebinding: to a browser, that page and the tap are of one origin, and to the app they must not be.
  const planted = { host: "evil.example", origin: "http://evil.example" };
  const rebound = request(address, { headers: planted }).end();
  const [answer] = (await once(rebound, "response")) as [IncomingMessage];
  answer.resume();
  trace.kill("SIGINT");
  const { stdout } = await trace.ended;
  expect(stdout).toContain(`Host is rewritten to localhost:${port}.`);
  expect(seen.map(({ host, origin }) => [host, origin])).toEqual([
    [`localhost:${port}`, name],
    [`localhost:${port}`, "http://page.example"],
    [planted.host, planted.origin],
  ]);
  server.close();
});

// What a run ends with: the server that the suite starts itself, one entry for each fault, files for programs and people,
// and an exit code that says which of three things it was.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findingsOf } from "../../scripts/conformance/findings.ts";
import { escapeMarkup } from "../../scripts/conformance/markup.ts";
import { libraryMatter } from "../../scripts/conformance/library.ts";
import { exitCodeOf } from "../../scripts/conformance/report.ts";
import type { CaseResult, Report } from "../../scripts/conformance/run.ts";
import { cases } from "../conformance/cases.ts";
import { lastingPort } from "../helpers/lasting-port.ts";
import { type Ended, runCommand } from "../helpers/node-process.ts";
import { SECRET } from "../helpers/other-server.ts";

// It ends at an event without an acknowledgement, and at one that is called error; where it reads the header, at none.
const PROGRAM = `
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { Server } from ${JSON.stringify(import.meta.resolve("socket.io"))};
const server = createServer((_req, res) => res.writeHead(404).end());
const io = new Server(server);
const sign = (text) => createHmac("sha256", process.env.APP_SECRET).update(text).digest("base64url");
io.use(async ({ handshake }, next) => {
  const token = process.argv[3] === "header" ? handshake.headers.authorization.split(" ")[1] : handshake.auth.token;
  const [header, claims, signature] = String(token).split(".");
  next(sign(header + "." + claims) === signature ? undefined : new Error("no <b>entry</b>"));
});
io.on("connection", (socket) => {
  socket.on("say", (text, acknowledge) => acknowledge(text));
  socket.on("error", (error) => { throw error; });
});
server.listen(Number(process.argv[2]), "127.0.0.1");
`;

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "conformance-results-"));
  program = path.join(folder, "server.mjs");
  await writeFile(program, PROGRAM);
});
afterAll(() => rm(folder, { recursive: true }));

function run(url: string, args: readonly string[]): Promise<Ended> {
  return runCommand("conformance", ["--url", url, ...args], {
    env: { CONFORMANCE_SECRET: SECRET, APP_SECRET: SECRET },
  });
}

it("--start starts the server again after each case that ends it, and writes what came of it", async () => {
  const port = await lastingPort();
  const url = `http://127.0.0.1:${port}`;
  const [json, junit, html] = ["json", "xml", "html"].map((end) => path.join(folder, `out.${end}`));
  const only = ["--only", "robustness.event", "--only", "token.exp", "--events", "say"];
  const files = ["--json", json!, "--junit", junit!, "--html", html!];
  const start = ["--start", `node ${program} ${port}`];
  const { stdout, code } = await run(url, [...start, ...only, ...files]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^http:\S+ checks the token when a socket connects/);
  expect(stdout).toMatch(/The server ended \d+ times, and was started again each time\./);
  expect(stdout).not.toMatch(/not run$/m);
  // What the library does comes after what the owner does.
  const order = [
    "token.exp-past",
    "robustness.events-no-ack",
    "Up to the library",
    "robustness.event-error",
    "GHSA-25hc-qcg6-38wj",
  ];
  const places = order.map((words) => stdout.indexOf(words));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places).not.toContain(-1);

  const [report] = JSON.parse(await readFile(json!, "utf8")) as (Report & {
    findings: { cases: string[] }[];
  })[];
  const failed = report!.results.filter(({ result }) => result === "failed").map(({ id }) => id);
  expect(report!.findings.flatMap((finding) => finding.cases).toSorted()).toEqual(
    failed.toSorted(),
  );
  const xml = await readFile(junit!, "utf8");
  expect(xml.match(/<failure /g)).toHaveLength(failed.length);
  const page = await readFile(html!, "utf8");
  expect(page).toContain("GHSA-25hc-qcg6-38wj");
  expect(page).not.toMatch(/<b>|src=|href=/);
  for (const text of [stdout, xml, page]) expect(text).not.toContain(SECRET);
});

it("a server that ends where a token is missing is looked at all the same, and that is one fault; without --start it is the sentence", async () => {
  const port = await lastingPort();
  const url = `http://127.0.0.1:${port}`;
  const command = `${program} ${port} header`;
  const only = [
    "--only",
    "header.missing",
    "--only",
    "header.in-cookie",
    "--only",
    "handshake.token",
  ];
  const { stdout, code } = await run(url, ["--start", `node ${command}`, ...only]);
  expect(code).toBe(1);
  expect(stdout).toContain("It takes the token from the header Authorization.");
  expect(stdout.match(/^✗ .*/gm)).toEqual([`✗ header.missing  (${url})`]);
  expect(stdout).toMatch(/alike +header\.in-cookie, handshake\.token-needed\n +helps +Catch what/);

  const server = spawn(process.execPath, command.split(" "), { env: { APP_SECRET: SECRET } });
  const ended = once(server, "exit");
  await vi.waitFor(() => fetch(url), { timeout: 30_000 });
  const { stderr } = await run(url, only);
  await ended;
  expect(stderr).toMatch(/^http:\S+ ended when a socket connected without a good token: .*--start/);
});

it("a server that does not start a second time leaves the report of what was run", async () => {
  const port = await lastingPort();
  const [made, json] = [path.join(folder, "made"), path.join(folder, "once.json")];
  const start = `mkdir ${made} || exit 3; exec node ${program} ${port}`;
  const only = ["--only", "robustness.event", "--events", "say", "--json", json];
  const { stdout, code } = await run(`http://127.0.0.1:${port}`, ["--start", start, ...only]);
  expect(code).toBe(1);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    "The server could not be started again. --start: the command ended (3) before the server listened. It printed: mkdir:",
  );
  expect(stdout).toMatch(/\n\d+ passed, 1 failed, \d+ not run\n$/);
  const [report] = JSON.parse(await readFile(json, "utf8")) as Report[];
  expect(report!.remarks).toHaveLength(1);
});

it("exit code 0: it conforms; 2: it could not be tested, in a sentence and with what the server printed", async () => {
  const port = await lastingPort();
  const url = `http://127.0.0.1:${port}`;
  const only = ["--only", "transports.websocket-connects"];
  expect(await run(url, ["--start", `node ${program} ${port}`, ...only])).toMatchObject({
    code: 0,
  });
  const ended = await run(url, ["--start", 'echo "broken: $APP_SECRET"; exit 3', ...only]);
  expect(ended).toMatchObject({ stdout: "", code: 2 });
  expect(ended.stderr).toBe(
    "--start: the command ended (3) before the server listened. It printed:\nbroken: …\n",
  );
  const misnamed = await run(url, ["--start", `node ${folder}/nope.js`, ...only]);
  expect(misnamed.stderr).toMatch(/Error: Cannot find module '.*nope\.js'\n/);
  const unwritable = await run(url, ["--junit", path.join(folder, "no", "such.xml")]);
  expect(unwritable).toMatchObject({ stdout: "", code: 2 });
  expect(unwritable.stderr).toMatch(/^--junit: \S+ cannot be written \(ENOENT\)\.\n$/);
});

function failedCase(id: CaseResult["id"], seen: string, obstacle?: string): CaseResult {
  const failure = { expected: "a refusal", seen, sent: [], isTargetDown: false, obstacle };
  return {
    id,
    title: "refuses",
    source: "RFC",
    lacking: [],
    result: "failed",
    durationMs: 1,
    failure,
  };
}

function reportOf(...results: CaseResult[]): Report[] {
  return [{ name: "there", results, durationMs: 1 }];
}

describe("one fault is one finding", () => {
  it.each([
    ["polling accepts the token", "websocket accepts the token"],
    ['40{"sid":"wTkbQFVkLKFGKhKrAAAB"}', '40{"sid":"Jj3iZ8V-LKFGKhKrAAAC"}'],
    ["nothing within 5000 ms", "nothing within 300 ms"],
    ["expired at 2026-11-29T18:06:21.000Z", "expired at 2026-11-30T00:06:21.000Z"],
    ["for …2fGtQw", "for …9_-tQa"],
    ["id b2f10b5e-7a0c-4c3c-9d0e-0a2f5f1c2d3e", "id 0a2f5f1c-7a0c-4c3c-9d0e-b2f10b5e2d3e"],
  ])("%s, as %s", (one, other) => {
    const results = [failedCase("token.exp-past", one), failedCase("token.exp-zero", other)];
    expect(findingsOf({ results })).toHaveLength(1);
  });

  it("and two faults are two", () => {
    const results = [
      failedCase("token.a", "200"),
      failedCase("header.a", "200"),
      failedCase("token.b", "no"),
    ];
    expect(findingsOf({ results })).toHaveLength(3);
  });

  it("what only an obstacle failed was not tested", () => {
    expect(exitCodeOf(reportOf(failedCase("token.a", "429", "Slower.")))).toBe(2);
    expect(
      exitCodeOf(reportOf(failedCase("token.a", "429", "Slower."), failedCase("token.b", ""))),
    ).toBe(1);
    expect(exitCodeOf(reportOf())).toBe(0);
  });
});

it("no case about tokens, users or header fields is the library's, and packets are", () => {
  const own =
    /^(token|header)\.|-no-token$|whoami|^transports\..*(-connects|keeps-socket)$|handshake-(cookie|forwarded|origin)-/;
  const ofOwner = cases.filter(({ id }) => own.test(id));
  expect(ofOwner.filter(({ id }) => libraryMatter(id, true) !== undefined)).toEqual([]);
  for (const id of [
    "robustness.engine-type",
    "robustness.binary-many",
    "transports.upgrade-twice",
    "robustness.handshake-extensions-odd",
  ] as const)
    expect(libraryMatter(id, false)).toEqual({});
  expect(libraryMatter("robustness.event-error", false)).toEqual({});
});

it("markup holds what a server sends as text, and no character that XML has no way to write", () => {
  expect(escapeMarkup('<a href="&">\u0000\ud800🦉')).toBe(
    "&lt;a href=&quot;&amp;&quot;&gt;\ufffd\ufffd🦉",
  );
});

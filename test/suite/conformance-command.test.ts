// `npm run conformance` on any server: what it prints, what it writes, and what it says when it cannot begin.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONFORMANCE_HELP, readConformanceOptions } from "../../scripts/conformance/options.ts";
import type { Report } from "../../scripts/conformance/run.ts";
import { type RunningVariant, startVariant } from "../../scripts/lab/servers/process.ts";
import { type Ended, runCommand } from "../helpers/node-process.ts";
import { placeOf } from "../conformance/raw-socket.ts";

const SECRET = "a secret that no report may show, ever";
const SETTINGS = ["--issuer", "accounts.examplesoft.com", "--audience", "yoursite.net"];

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return runCommand("conformance", args, { env });
}

describe("a server that runs elsewhere", () => {
  let server: RunningVariant;
  let folder: string;
  beforeAll(async () => {
    server = await startVariant("cjs", { auth: "manual", secret: SECRET });
    folder = await mkdtemp(path.join(tmpdir(), "conformance-"));
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it("passes the cases of what it claims, and the others are counted", async () => {
    const jsonFile = path.join(folder, "results.json");
    const args = [
      "--url",
      server.url,
      ...SETTINGS,
      "--only",
      "header",
      "--only",
      "payload",
      "--json",
      jsonFile,
    ];
    const { stdout, code } = await run(args, { CONFORMANCE_SECRET: SECRET });
    expect(stdout).toMatch(/header +57 ok/);
    expect(stdout).toMatch(/57 passed, 0 failed, 32 not claimed\n$/);
    expect(code).toBe(0);
    const [report] = JSON.parse(await readFile(jsonFile, "utf8")) as Report[];
    expect(report?.results.filter(({ result }) => result === "passed")).toHaveLength(57);
  });

  it("passes with nothing but a password, though it limits failed logins", async () => {
    const args = ["--url", server.url, "--username", "john", "--only", "http"];
    const { stdout, code } = await run(args, { CONFORMANCE_PASSWORD: "changeit" });
    expect(stdout).toMatch(/http +36 ok/);
    expect(code).toBe(0);
  });

  it("fails a case with what was sent, expected and seen, and shows no secret", async () => {
    // It does not have the claims that are asked for here, so that a good token is refused.
    const args = [
      "--url",
      server.url,
      ...SETTINGS,
      "--secret",
      SECRET,
      "--claims",
      "self,header,polling,page,no-store",
    ];
    const { stdout, code } = await run([...args, "--self", "/", "--only", "http.self-no-store"]);
    expect(stdout).toMatch(/✗ http\.self-no-store/);
    expect(stdout).toMatch(/ {2}sent +GET \/, Authorization: bearer ….{6}\n/);
    expect(stdout).toMatch(/ {2}expected +Cache-Control: no-store\n {2}seen +public/);
    expect(stdout).not.toContain(SECRET);
    expect(code).toBe(1);
  });

  it("is not blamed by any case for another secret", async () => {
    const { stdout, stderr, code } = await run([
      "--url",
      server.url,
      ...SETTINGS,
      "--secret",
      "wrong",
    ]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(/^http:\S+ does not accept a good token .*: check --secret, /);
  });

  it("is not mistaken for one without Socket.IO", async () => {
    const place = ["--path", "/nowhere", "--without", "websocket"];
    const args = ["--url", server.url, ...SETTINGS, "--secret", SECRET, ...place];
    const { stdout, stderr, code } = await run(args);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(/^http:\S+ has no Socket\.IO at \/nowhere\/ \(404\): check --url and/);
  });
});

describe("every case runs in every pair of format and mode", () => {
  it.each([[["--all"]], [["esm"]], [["--auth", "cookie"]], [["--adapter", "redis"]]])(
    "with %j",
    async (args) => {
      expect(await readConformanceOptions(args, {})).toMatchObject({ isEveryPair: true });
    },
  );

  it("but not if nothing is chosen", async () => {
    expect(await readConformanceOptions([], {})).toMatchObject({ isEveryPair: false });
  });
});

describe("a mistake in the arguments is one sentence", () => {
  it.each([
    [
      ["--url", "http://127.0.0.1:8080"],
      /^The suite needs good tokens: give it --secret, or --private-key, or --token, or /,
    ],
    [
      ["--url", "127.0.0.1", "--secret", "x"],
      /^--url must be like http:\/\/127\.0\.0\.1:8080, without a path, a query or a user, got "127\.0\.0\.1"/,
    ],
    [
      ["--url", "http://a", "--secret", "x", "--claims", "magic"],
      /^--claims must be one of login, self, /,
    ],
    [
      ["--url", "http://a", "--secret", "x", "--user-claims", "sub"],
      /^--user-claims must be like sub=ann, or like id:=7 .*, got "sub"/,
    ],
    [
      ["--url", "http://a", "--token", "a.b.c", "--key-id", "1"],
      /^--key-id goes with --secret or --private-key/,
    ],
    [
      ["--url", "http://a", "--secret", "x", "--connect-timeout", "45000"],
      /^--connect-timeout must be a whole number of milliseconds from 1 to 30000, got 45000/,
    ],
    [["--target", "nowhere.json"], /^nowhere\.json cannot be read/],
    [["--target", "package.json"], /^package\.json: "url" is missing\.$/m],
    [["--secret", "x"], /^--secret says something about a server of your own: give --url/],
    [
      ["esm", "--url", "http://a"],
      /^A variant, --all, --auth or --adapter goes with the servers of this project/,
    ],
    [["elm"], /^There is no variant "elm": choose one of cjs, esm, ts\./],
    [["--auth", "magic"], /^--auth must be one of passport, manual, payload, cookie, got "magic"/],
    [["--timeout", "soon"], /^--timeout must be a whole number of milliseconds from 1, got "soon"/],
    [["--magic"], /^There is no flag --magic: npm run conformance -- --help lists the flags\./],
  ])("%j", (args, sentence) => expect(readConformanceOptions(args, {})).rejects.toThrow(sentence));
});

describe("a command that cannot begin says so in one sentence", () => {
  it.each([
    [
      ["--url", "http://127.0.0.1:9", "--secret", "x"],
      /^Nothing listens at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\): start the server/,
    ],
    [["--only", "magic"], /^No case is in "magic": --only takes a group/],
    [["--skip", "magic"], /^No case is in "magic": --skip takes a group/],
    [
      ["cjs", "--auth", "manual", "--only", "payload"],
      /^None of the chosen cases is for one of the chosen servers: they need /,
    ],
  ])("%j", async (args, sentence) => {
    const { stdout, stderr, code } = await run(args);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("--help", () => {
  it("fits into 80 columns", () => {
    expect(CONFORMANCE_HELP.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("the place of a target", () => {
  it.each([
    ["http://127.0.0.1:8080", { protocol: "http:", host: "127.0.0.1", port: 8080 }],
    ["http://localhost", { protocol: "http:", host: "localhost", port: 80 }],
    ["https://localhost", { protocol: "https:", host: "localhost", port: 443 }],
    ["http://[::1]:3000", { protocol: "http:", host: "::1", port: 3000 }],
  ])("%s, as sockets take it", (url, place) => {
    expect(placeOf({ url })).toEqual(place);
  });
});

// What a client experiences, in Node and in a real browser: the same with the wire and without it.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../scripts/client/perform.ts";
import type { Act, ActOf, ClientTask, Outcome } from "../../scripts/model/acts.ts";
import { attemptPage } from "../../scripts/lab/browser/attempt-page.ts";
import { type Browser, startBrowser } from "../../scripts/lab/browser/browser.ts";
import type { BrowserPage } from "../../scripts/lab/browser/page.ts";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import { createOtherServer } from "../../scripts/lab/own-server.ts";
import { GOOD_ACT, LOGIN } from "../helpers/good-act.ts";
import { clientTask } from "../../scripts/lab/client-task.ts";
import { ATTEMPT_PAGE_PATH, type Client, type Transport } from "../../scripts/model/vocabulary.ts";
import type { Trace } from "../../scripts/model/trace.ts";
import { type RunningVariant, startVariant } from "../../scripts/lab/servers/process.ts";
import { foundBrowser } from "../helpers/found-browser.ts";

type Connect = ActOf<"connect">;

const PLAIN: Connect = { ...GOOD_ACT, transports: ["polling", "websocket"], scheme: "bearer" };
const place = { do: "connect", as: "socket" };
const user = { id: 1, username: "john" };
function connected(firstTransport: Transport, lastTransport: Transport): object {
  return { ...place, result: "connected", user, firstTransport, lastTransport };
}
const onPolling = connected("polling", "polling");
const onWebsocket = connected("websocket", "websocket");
const upgraded = connected("polling", "websocket");

const unknown = { status: undefined, body: undefined, data: undefined };
const handshake = {
  ...place,
  result: "refused",
  refusedBy: "handshake",
  willRetry: true,
  ...unknown,
};
const told = { status: 401, body: { message: "Unauthorized" } };
const refusedOnPolling = {
  ...handshake,
  message: "xhr poll error",
  description: 401,
  ...told,
};
const refusedInBrowser = { ...handshake, message: "websocket error", description: undefined };
const refusedInNode = {
  ...handshake,
  message: "websocket error",
  status: 401,
  description: "Unexpected server response: 401",
};
const refusedByNamespace = {
  ...place,
  result: "refused",
  refusedBy: "namespace",
  willRetry: false,
  ...unknown,
  message: "The token has expired.",
  data: { error: "invalid_token" },
};

/** A row of the table: its title, how the attempt differs from the plain one, and what each client experiences. */
type Row = [string, Partial<Connect>, object, object];
const inPayload = { credential: "payload" } as const;
// oxfmt-ignore
const ROWS: Row[] = [
  ["header, default transports", {}, upgraded, upgraded],
  ["header, polling only", { transports: ["polling"] }, onPolling, onPolling],
  ["header, websocket only", { transports: ["websocket"] }, onWebsocket, refusedInBrowser],
  ["header, websocket before polling", { transports: ["websocket", "polling"] }, onWebsocket, refusedInBrowser],
  ["header, websocket before polling, all are tried", { transports: ["websocket", "polling"], tryAllTransports: true }, onWebsocket, onPolling],
  ["expired in the header, polling first", { token: "expired" }, refusedOnPolling, refusedOnPolling],
  ["no token, polling first", { credential: "none" }, refusedOnPolling, refusedOnPolling],
  ["expired in the header, websocket only", { token: "expired", transports: ["websocket"] }, refusedInNode, refusedInBrowser],
  ["payload, default transports", inPayload, upgraded, upgraded],
  ["payload, websocket only", { ...inPayload, transports: ["websocket"] }, onWebsocket, onWebsocket],
  ["payload, polling only", { ...inPayload, transports: ["polling"] }, onPolling, onPolling],
  ["expired in the payload, polling first", { ...inPayload, token: "expired" }, refusedByNamespace, refusedByNamespace],
  ["expired in the payload, websocket only", { ...inPayload, token: "expired", transports: ["websocket"] }, refusedByNamespace, refusedByNamespace],
];
interface Cell {
  title: string;
  change: Row[1];
  client: Client;
  expected: object;
}
const CELLS = ROWS.flatMap<Cell>(([title, change, node, browser]) => [
  { title, change, client: "node", expected: node },
  { title, change, client: "browser", expected: browser },
]);

let lab: Lab;
let browser: Browser;
let pageCode: string;
const pages = new Map<string, Promise<BrowserPage>>();
const servers = new Map<string, RunningVariant>();

beforeAll(async () => {
  lab = await openLab();
  const { secret } = lab.tokenMaker();
  for (const auth of ["passport", "payload"] as const)
    servers.set(auth, await startVariant("cjs", { auth, secret }));
  browser = await startBrowser(await foundBrowser());
  pageCode = /<script>([^]*)<\/script>/.exec(await attemptPage())![1]!;
});
afterAll(async () => {
  await Promise.all([
    lab.close(),
    browser.close(),
    ...[...servers.values()].map((each) => each.stop()),
  ]);
});

function authOf({ credential }: Connect): "payload" | "passport" {
  return credential === "payload" ? "payload" : "passport";
}

async function withWire(client: Client, act: Connect): Promise<[Outcome, Trace]> {
  const server = { variant: "cjs", auth: authOf(act), serverTransports: PLAIN.transports } as const;
  const { outcome, trace } = await lab.run({ ...server, acts: [act] }, client);
  return [outcome, trace];
}

async function withoutWire(client: Client, act: Connect): Promise<Outcome> {
  const origin = servers.get(authOf(act))!.url;
  const task = clientTask({ acts: [act] }, "", lab.tokenMaker());
  return client === "node" ? perform(io, origin, task) : inPageOf(origin, task);
}

/** The same code in a page of the server itself, one for all attempts at it. */
async function inPageOf(origin: string, task: ClientTask): Promise<Outcome> {
  const page = pages.get(origin) ?? browser.newPage(`${origin}/`);
  if (!pages.has(origin)) {
    pages.set(origin, page);
    await (await page).evaluate(pageCode);
  }
  return (await (await page).call("perform", task)) as Outcome;
}

/** What came of the only act. */
function withoutTime(outcome: Outcome): object {
  expect(outcome).toHaveLength(1);
  const { durationMs, ...rest } = outcome[0]!;
  expect(durationMs).toBeGreaterThan(0);
  return rest;
}

describe.each(CELLS)("$title, $client", ({ change, client, expected }) => {
  it("is as the table says, with the wire and without", async () => {
    const [outcome, trace] = await withWire(client, { ...PLAIN, ...change });
    expect(withoutTime(outcome)).toEqual(expected);
    expect(withoutTime(await withoutWire(client, { ...PLAIN, ...change }))).toEqual(
      withoutTime(outcome),
    );

    const last = trace.steps.findLast((step) => step.kind === "closed");
    expect(last).toMatchObject({ isCut: false });
  });
});

describe("a websocket handshake without a header", () => {
  it("is refused with 401 on the wire, while the browser's client learns nothing", async () => {
    const [outcome, trace] = await withWire("browser", { ...PLAIN, transports: ["websocket"] });
    expect(withoutTime(outcome)).toEqual(refusedInBrowser);
    const kinds = trace.steps.map(({ kind }) => kind);
    expect(kinds).toEqual(["request", "check", "response", "closed"]);
    const headers: unknown = expect.objectContaining({
      "www-authenticate": 'Bearer realm="users"',
    });
    expect(trace.steps[2]).toMatchObject({ status: 401, headers });
    expect(trace.steps[0]).not.toHaveProperty("headers.authorization");
  });
});

describe("a page of another port", () => {
  it("that does not open, as through a forwarder, is what the row says, and not silence", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port: otherPort } = closed.address() as AddressInfo;
    closed.close();
    const acts: Act[] = [{ ...PLAIN, from: "another port" }];
    const task = clientTask({ acts, otherPort }, "", lab.tokenMaker());
    const page = await browser.newPage(lab.origin + ATTEMPT_PAGE_PATH);
    const because = `no page opens at http://127.0.0.1:${otherPort}: it needs a browser on the machine of the sandbox`;
    expect(await page.call("perform", task)).toMatchObject([{ result: "skipped", because }]);
    await page.close();
  });

  it("that opens is never taken for one that does not, however many open at once", async () => {
    const other = createOtherServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port: otherPort } = other.address() as AddressInfo;
    const page = await browser.newPage(lab.origin + ATTEMPT_PAGE_PATH);
    const task = (port: number): ClientTask =>
      clientTask(
        { acts: [{ ...PLAIN, from: "another site" }], otherPort: port, timeoutMs: 30_000 },
        "",
        lab.tokenMaker(),
      );
    const ports = Array.from({ length: 24 }, (_each, at) => (at % 2 === 0 ? otherPort : 1));
    const outcomes = await Promise.all(ports.map((port) => page.call("perform", task(port))));
    const isSkipped = (outcomes as Outcome[]).map(([first]) => first!.result === "skipped");
    expect(isSkipped).toEqual(ports.map((port) => port === 1));
    await page.close();
    other.close();
  });
});

describe("a server that does not answer", () => {
  it("gives an unanswered attempt once the time is over, even if acts are left", async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const acts: Act[] = [
      { ...PLAIN, transports: ["websocket"] },
      { do: "emit", as: "socket", event: "whoami", args: [] },
      { ...LOGIN, path: "/self" },
    ];
    const task = clientTask({ acts, timeoutMs: 50 }, "", lab.tokenMaker());
    const outcome = await perform(io, `http://127.0.0.1:${port}`, task);
    expect(outcome.map(({ result }) => result)).toEqual(["unanswered", "skipped", "unanswered"]);
    expect(outcome[1]).toMatchObject({ because: "socket is not connected" });
    // Closes only because the attempt has ended its connection.
    silent.close();
    await once(silent, "close");
  });
});

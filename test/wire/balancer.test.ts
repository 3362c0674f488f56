// Several servers behind one attempt: which of them gets a request, and that the trace says so.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Wire, WireAttempt } from "../../scripts/lab/wire/wire.ts";
import { openRawServer, type RawConnection, type RawServer } from "../raw-connection.ts";
import { closeRawSite, openRawSite } from "./raw-site.ts";

let wire: Wire;
let first: RawServer;
let second: RawServer;
let attempt: WireAttempt;
let client: RawConnection;

beforeEach(async () => {
  ({ wire, server: first, client } = await openRawSite());
  second = await openRawServer();
});
afterEach(async () => {
  await closeRawSite({ wire, server: first, client });
  await second.stop();
});

function open(isSticky: boolean): void {
  attempt = wire.openAttempt({ port: first.port, furtherPorts: [second.port], isSticky });
}

let questions = 0;

/** Asks, and lets the server that it must reach answer. */
async function ask(query: string, { from, body = "ok" }: { from: RawServer; body?: string }) {
  const mark = `/${(questions += 1)}`;
  const path = `${mark}?transport=polling${query}`;
  await client.send(`GET ${attempt.prefix}${path} HTTP/1.1\r\n\r\n`);
  const link = from.connections.at(-1) ?? (await from.next());
  await link.until(`GET ${path} HTTP/1.1`);
  const type = "Content-Type: text/plain";
  await link.send(
    `HTTP/1.1 200 OK\r\nX: ${mark}\r\n${type}\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  // Apart from its head: what opens a session is found in whatever pieces it comes.
  for (const piece of [body.slice(0, 5), body.slice(5)]) await link.send(piece);
  await client.until(`X: ${mark}\r\n${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
}

describe("without sticky sessions", () => {
  it("each request goes to the next server, and each step says to which", async () => {
    open(false);
    await ask("", { from: first, body: '0{"sid":"abc","upgrades":[]}' });
    await ask("&sid=abc", { from: second });
    await ask("&sid=abc", { from: first });
    const { steps } = attempt.trace();
    expect(steps.map(({ server }) => server)).toEqual([1, 1, 2, 2, 1, 1]);
    expect(steps.map(({ connection }) => connection)).toEqual([1, 1, 2, 2, 1, 1]);
  });

  it("a request that waits for the answer to another has its server already", async () => {
    open(false);
    const links = [first.next(), second.next()];
    const get = (path: string): string => `GET ${attempt.prefix}${path} HTTP/1.1\r\n\r\n`;
    await client.send(get("/a") + get("/b"));
    const [one, two] = [await links[0]!, links[1]!];
    await one.until("GET /a ");
    // Whatever comes meanwhile, the next turn is taken once.
    await client.send(get("/c"));
    const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    await one.send(`${answer}aa`);
    await (await two).until("GET /b ");
    await (await two).send(`${answer}bb`);
    await one.until("GET /c ");
    expect((await two).received().toString()).not.toContain("/c");
  });
});

describe("with sticky sessions", () => {
  it("a session stays where it was opened; others take turns", async () => {
    open(true);
    await ask("", { from: first, body: '0{"sid":"abc","upgrades":[]}' });
    await ask("", { from: second, body: '0{"sid":"def","upgrades":[]}' });
    for (const [sid, from] of [
      ["abc", first],
      ["def", second],
      ["def", second],
      ["abc", first],
    ] as const)
      await ask(`&sid=${sid}`, { from });
  });

  it.each([
    ["text that a user has sent", '42["note",{"text":"0{\\"sid\\":\\"abc\\"}"}]'],
    ["the sid of a socket", '40{"sid":"abc"}'],
  ])("%s moves no session", async (_, body) => {
    open(true);
    await ask("", { from: first, body: '0{"sid":"abc","upgrades":[]}' });
    await ask("", { from: second, body });
    await ask("&sid=abc", { from: first });
  });

  it("a server that has ended gets nothing more, and its sessions go elsewhere", async () => {
    open(true);
    await ask("", { from: first, body: '0{"sid":"abc","upgrades":[]}' });
    attempt.lose(1);
    await ask("&sid=abc", { from: second });
    await ask("", { from: second });
    attempt.lose(2);
    await client.send(`GET ${attempt.prefix}/ HTTP/1.1\r\n\r\n`);
    await client.until("404 Not Found");
  });
});

it("one server alone has no number", async () => {
  attempt = wire.openAttempt({ port: first.port });
  await ask("", { from: first });
  expect(attempt.trace().steps.map((step) => "server" in step)).toEqual([false, false]);
});

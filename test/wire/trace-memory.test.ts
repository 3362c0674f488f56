// A trace of hours stays within bounds: in the memory of the process, on the board for the page, and on the page.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import {
  FIRST_TRACE,
  questionOf,
  type TraceState,
  withNews,
} from "../../public/page/trace/trace-state.ts";
import { Board, MOST_STEPS_OF_CLIENT, OTHERS } from "../../scripts/model/follow/board.ts";
import type { Packet, SeenToken, Step } from "../../scripts/model/trace.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

let ids = 0;

function socket(type: string, data: unknown, id?: number): Packet {
  const packet = { engine: "message", socket: type, namespace: "/", data };
  return id === undefined ? packet : { ...packet, id };
}

/** A client with a session, a token, a user and a reason of its own; a third are refused, and one in fifty does not say that it goes. */
function stepsOf(client: number): Step[] {
  const common = { connection: client, atMs: client * 20 };
  const step = (): { id: number } & typeof common => ({ id: (ids += 1), ...common });
  const name = client.toString(36).padStart(6, "0");
  const token: SeenToken = {
    place: client % 4 === 0 ? "query" : "payload",
    lastCharacters: name,
    header: { alg: "HS256" },
    claims: { sub: name, exp: client % 5 === 0 ? 1 : 4e9 },
  };
  const message = { headers: {}, body: "", packets: [] };
  const asked = step();
  const frame = (from: "client" | "server", packet: Packet, tokens: SeenToken[] = []): Step => ({
    ...step(),
    kind: "frame",
    from,
    opcode: "text",
    packets: [packet],
    tokens,
  });
  return [
    {
      ...asked,
      ...message,
      kind: "request",
      from: "client",
      method: "GET",
      target: "/socket.io/?EIO=4&transport=websocket",
      tokens: token.place === "query" ? [token] : [],
    },
    {
      ...step(),
      ...message,
      kind: "response",
      from: "server",
      answers: asked.id,
      status: 101,
      reason: "Switching Protocols",
      tokens: [],
    },
    frame("server", { engine: "open", text: `{"sid":"…${name}","upgrades":[]}` }),
    frame("client", socket("CONNECT", { token: `…${name}` }), [token]),
    client % 3 === 0
      ? frame("server", socket("CONNECT_ERROR", { message: `refused: ${name}` }))
      : frame("server", socket("CONNECT", { sid: `…${name}` })),
    frame("client", socket("EVENT", ["say", `${"x".repeat(200)}${name}`], 1)),
    frame("client", { engine: "ping" }),
    ...(client % 50 === 0
      ? []
      : [{ ...step(), kind: "closed", from: "client", isCut: false } as const]),
  ];
}

it("does not grow with the clients that come, and says what it does not keep", () => {
  const board = new Board();
  const follow = board.follow(0);
  let page: TraceState = FIRST_TRACE;
  let client = 0;
  const run = (clients: number): void => {
    for (const end = client + clients; client < end; client += 1) {
      for (const step of stepsOf(client)) follow.add(step);
      if (client % 100 !== 0) continue;
      const asked = questionOf(page);
      page = withNews(page, asked, board.read(asked));
    }
  };
  run(700);
  const before = heapBytes();
  run(1500);
  // A client of which anything is left takes more than 1,600 bytes, and the board is full from the first measurement on.
  expect(heapBytes() - before).toBeLessThan(1500 * 800);
  expect(page.clients).toHaveLength(200);
  expect(page.forgotten).toBeGreaterThan(1500);
  expect(page.sum!.ends.length).toBeLessThanOrEqual(102);
  expect(page.sum!.troubles.length).toBeLessThanOrEqual(100);
}, 30_000);

it("stores the latest steps of a client that runs for hours, and moves none that is read", () => {
  const board = new Board();
  const follow = board.follow(0);
  let page: TraceState = {
    ...FIRST_TRACE,
    chosen: { number: 1, before: 0, steps: [], isRead: false },
  };
  const read = (): void => {
    let before;
    do {
      before = page.chosen;
      const asked = questionOf(page);
      page = withNews(page, asked, board.read(asked));
    } while (page.chosen !== before);
  };
  const all = stepsOf(1).slice(0, -1);
  const event = all.find((step) => "packets" in step && step.packets[0]?.socket === "EVENT")!;
  for (const step of all) follow.add(step);
  read();
  const seen = page.chosen!.steps;
  expect(seen).toHaveLength(all.length);
  for (let count = 0; count < 1000; count += 1) follow.add({ ...event, id: (ids += 1) });
  read();
  // What lies between is not kept: nothing is added, and so nothing is left out silently.
  expect(page.chosen!.steps).toBe(seen);
  page = {
    ...page,
    chosen: { number: 1, before: 1007 - MOST_STEPS_OF_CLIENT, steps: [], isRead: false },
  };
  read();
  expect(page.chosen!.steps).toHaveLength(MOST_STEPS_OF_CLIENT);
  expect(page.chosen!.steps.at(-1)!.step.id).toBe(ids);
});

it("counts the times of requests outside Socket.IO from the first of them, and not from its answer", () => {
  const board = new Board();
  const follow = board.follow(0);
  const common = { connection: 1, headers: {}, body: "", packets: [], tokens: [] };
  const id = (ids += 1);
  follow.add({
    ...common,
    id,
    atMs: 100,
    kind: "request",
    from: "client",
    method: "POST",
    target: "/login",
  });
  const answer = { kind: "response", from: "server", status: 200, reason: "OK" } as const;
  const tokens: SeenToken[] = [
    { place: "body", lastCharacters: "abcdef", header: { alg: "HS256" }, claims: { sub: "ann" } },
  ];
  follow.add({ ...common, ...answer, tokens, id: (ids += 1), atMs: 113, answers: id });
  const { clients, steps } = board.read({ since: 0, client: OTHERS, after: 0 });
  expect(clients).toMatchObject([{ number: OTHERS, firstAtMs: 100 }]);
  expect(steps!.steps.map(({ step }) => step.atMs)).toEqual([100, 113]);
});

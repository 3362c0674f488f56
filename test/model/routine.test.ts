// What of a trace is routine and folds, whose each step is, and what of an event differs from run to run.
import { expect, it } from "vitest";
import { findOwn } from "../../public/page/wire/traits.ts";
import type { Packet, Step } from "../../scripts/model/trace.ts";
import { lanesOf, routinesOf, routineWords } from "../../scripts/model/words/routine.ts";

let nextId = 1;
const common = (connection: number) => ({
  id: nextId++,
  atMs: 0,
  connection,
  from: "client" as const,
});

function frame(connection: number, packet: Partial<Packet>): Step {
  const packets = [{ engine: "message", ...packet }];
  return { ...common(connection), kind: "frame", opcode: "text", packets, tokens: [] };
}

function request(connection: number, target: string, opens?: string): Step {
  const message = { headers: {}, body: "", packets: [], tokens: [] };
  const method = target.startsWith("/socket.io/") ? "GET" : "POST";
  return {
    ...common(connection),
    kind: "request",
    method,
    target,
    ...message,
    ...(opens && { opens }),
  };
}

const open = (connection: number, opens?: string): Step =>
  request(connection, "/socket.io/?EIO=4&transport=websocket", opens);
const connect = (connection: number, data?: unknown): Step =>
  frame(connection, { socket: "CONNECT", data });
const note = (connection: number): Step => frame(connection, { socket: "EVENT", data: ["note"] });

const play = (pid: object, offset: string): Step[] => {
  const accepted = { ...connect(1, { sid: "…abc", ...pid }), from: "server" as const };
  const event = frame(1, { socket: "EVENT", data: ["note", "hi", offset] });
  return [open(1), connect(1), accepted, event, connect(2, { pid: "…abc", offset })];
};

it("how a session opens is routine before an event; after the last one, what brings a credential is not", () => {
  const probe = frame(2, { engine: "ping", text: "probe" });
  expect(routinesOf([open(1), connect(1), note(1), open(2), connect(2), probe])).toEqual([
    "connect 0",
    "connect 0",
    undefined,
    undefined,
    undefined,
    "connect 1",
  ]);
});

it("a single step is counted as one", () => {
  const steps = [open(1), note(1)];
  expect([routineWords(steps, [0]), routineWords(steps, [0, 0])]).toEqual([
    "handshake, 1 step",
    "handshake, 2 steps",
  ]);
});

it("a client that asks for its earlier connection is not routine", () => {
  const back = connect(2, { pid: "x", offset: "y", token: "…" });
  const routines = routinesOf([open(1), connect(1), note(1), open(2), back, note(2)]);
  expect(routines.slice(3)).toEqual(["connect 1", undefined, undefined]);
});

it("a request outside all sessions belongs to none of the clients", () => {
  const steps = [
    request(1, "/login"),
    open(2, "laptop"),
    request(1, "/login"),
    open(3, "phone"),
    request(1, "/logout"),
    note(2),
  ];
  expect(lanesOf(steps)).toEqual({ names: ["laptop", "phone"], lanes: [-1, 0, -1, 1, -1, 0] });
});

const differing = (pid: object): number => findOwn(play(pid, "Q8iJx0Z"), play(pid, "Q8iJx2o")).size;

it("the offset of an event does not matter where connections are recovered, and a last word elsewhere does", () => {
  expect([differing({ pid: "…abc" }), differing({})]).toEqual([0, 1]);
});

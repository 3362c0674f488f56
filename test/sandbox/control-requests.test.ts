// What a page that was let in may ask for: anything else is one sentence to that page, and ends nothing.
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { openSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { tokensOf, type Trace } from "../../scripts/model/trace.ts";
import { enter, enterRaw, OWN, websocketAddress } from "../helpers/control-page.ts";

let sandbox: Sandbox;
const pids: number[] = [];
const mistakes: unknown[] = [];

beforeAll(async () => {
  sandbox = await openSandbox({
    startsAhead: false,
    onListening: (_, pid) => pids.push(pid),
    onMistake: (error) => mistakes.push(error),
  });
});
afterAll(() => sandbox.close());

const UNANSWERED = { do: "connect", as: "socket", result: "unanswered", durationMs: 1 };
const REFUSED = {
  ...UNANSWERED,
  result: "refused",
  refusedBy: "namespace",
  message: "no",
  data: 0,
  willRetry: false,
};

it("a call with wrong arguments gets a sentence, and one without an acknowledgement gets nothing", async () => {
  const socket = await enter(sandbox);
  for (const args of [[], ["x"], [{}], [{ lesson: 1, attempt: "own", switches: null }]]) {
    expect(await socket.emitWithAck("prepare", ...args)).toHaveProperty("error");
    expect(await socket.emitWithAck("mint", ...args)).toHaveProperty("error");
  }
  socket.emit("lesson", 1, "cjs");
  expect(await socket.emitWithAck("files")).toHaveProperty("answer");
  expect(mistakes).toEqual([]);
  socket.close();
});

it("a restart ends all servers of a lesson, also those with settings of an attempt", async () => {
  const socket = await enter(sandbox);
  const { switches } = OWN;
  for (const attempt of ["own", "own-secrets"])
    expect(await socket.emitWithAck("runNode", { lesson: 14, attempt, switches })).toHaveProperty(
      "answer",
    );
  expect(pids).toHaveLength(1 + 2);
  expect(await socket.emitWithAck("restart", { lesson: 14, switches })).toEqual({ answer: null });
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  socket.close();
});

function nested(levels: number): string {
  return "[".repeat(levels) + "]".repeat(levels);
}

function settle(run: string, data: string): string {
  return `"settle","${run}",${JSON.stringify([REFUSED]).replace('"data":0', `"data":${data}`)}`;
}

it("a token of a trace is masked in it, and any page gets it by its id", async () => {
  const socket = await enter(sandbox);
  const { answer } = await socket.emitWithAck("runNode", {
    lesson: 1,
    attempt: "self-tampered",
    switches: OWN.switches,
  });
  const { steps } = answer.trace as Trace;
  const [seen] = steps.flatMap(tokensOf);
  expect(seen?.forged).toEqual({ was: "john", now: "jane" });
  const other = await enter(sandbox);
  const told = await other.emitWithAck("seenToken", seen?.id);
  const { token } = told.answer as { token: string };
  expect(token.split(".")).toHaveLength(3);
  expect(token.slice(-6)).toBe(seen?.lastCharacters);
  expect(JSON.stringify(answer)).not.toContain(token.split(".")[1]);
  expect(await other.emitWithAck("seenToken", "nobody")).toEqual({ answer: { token: null } });
  expect(await other.emitWithAck("seenToken", "x".repeat(41))).toHaveProperty("error");
  expect(mistakes).toEqual([]);
  socket.close();
  other.close();
});

describe("what nests deeply", () => {
  it.each<[string, (run: string) => string]>([
    ["a part of an outcome that may be anything", (run) => settle(run, nested(30_000))],
    ["one of fewer levels", (run) => settle(run, nested(5_000))],
    ["no outcome", (run) => `"settle","${run}",${nested(30_000)}`],
    ["claims", () => `"mint",{"algorithm":"none","key":"server","claims":{"x":${nested(30_000)}}}`],
    ["more arguments than there can be", () => `"lessons"${",1".repeat(30_000)}`],
  ])("is refused: %s", async (_what, call) => {
    const page = await enterRaw(sandbox);
    const { answer } = await page.call(`"prepare",${JSON.stringify(OWN)}`);
    const { run } = answer as { run: string };
    const { error } = await page.call(call(run));
    expect(error).toMatch(/nest too deeply|too many arguments/);
    // The run still waits for an outcome that can be read.
    expect(await page.call(settle(run, "1"))).toHaveProperty("answer");
    expect(mistakes).toEqual([]);
    page.close();
  });

  it("on the wire of an attempt, does not end the sandbox either", async () => {
    const socket = await enter(sandbox);
    const { answer } = await socket.emitWithAck("prepare", OWN);
    const raw = new WebSocket(websocketAddress(sandbox, `${answer.task.prefix}/socket.io/`));
    await once(raw, "open");
    raw.send(`42["whoami",${nested(20_000)}]`);
    raw.close();
    await once(raw, "close");
    expect(await socket.emitWithAck("settle", answer.run, [UNANSWERED])).toHaveProperty("answer");
    expect(mistakes).toEqual([]);
    socket.close();
  });
});

describe("an outcome", () => {
  it("is taken once", async () => {
    const socket = await enter(sandbox);
    const { answer } = await socket.emitWithAck("prepare", OWN);
    expect(await socket.emitWithAck("settle", answer.run, [UNANSWERED])).toMatchObject({
      answer: { client: "browser", outcome: [UNANSWERED], verdict: "no expectation" },
    });
    const again = await socket.emitWithAck("settle", answer.run, [UNANSWERED]);
    expect(again.error).toMatch(/^This run took too long and is over/);
    socket.close();
  });

  it.each([
    ["in no list", UNANSWERED],
    ["of no act", []],
    ["of no known kind", [{ ...UNANSWERED, result: "won" }]],
    ["with something else in it", [{ ...UNANSWERED, x: 1 }]],
    ["with a number that is none", [{ ...UNANSWERED, durationMs: "1" }]],
    ["without what it needs", [{ ...UNANSWERED, result: "refused" }]],
    ["with a text that has no end", [{ ...REFUSED, message: "x".repeat(20_000) }]],
    ["of an act too many", [UNANSWERED, UNANSWERED]],
    ["of another act", [{ do: "request", result: "unanswered", durationMs: 1 }]],
    ["of another connection", [{ ...UNANSWERED, as: "tab 1" }]],
  ])("is refused, and the run still waits for another: %s", async (_what, outcome) => {
    const socket = await enter(sandbox);
    const { answer } = await socket.emitWithAck("prepare", OWN);
    const { error } = await socket.emitWithAck("settle", answer.run, outcome);
    expect(error).toMatch(/^"settle": |^This is not the outcome of that run\.$/);
    expect(await socket.emitWithAck("settle", answer.run, [UNANSWERED])).toHaveProperty("answer");
    socket.close();
  });
});

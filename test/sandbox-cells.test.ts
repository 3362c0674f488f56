// What a page may hand in as its outcome: one for each act of its run, of a known shape, once; and nothing that ends the sandbox.
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../scripts/sandbox/sandbox.ts";
import type { Answers, CallName, Reply } from "../scripts/model/protocol.ts";
import { FIRST_SWITCHES } from "../scripts/model/switches.ts";

let sandbox: Sandbox;
let page: Socket;
const mistakes: unknown[] = [];
beforeAll(async () => {
  sandbox = await openSandbox({ startsAhead: false, onMistake: (error) => mistakes.push(error) });
  const key = new URL(sandbox.address("/")).hash.replace("#key=", "");
  const options = { path: "/control/socket.io", transports: ["websocket"], auth: { key } };
  page = io(sandbox.lab.origin, options);
});
afterAll(async () => {
  page.close();
  await sandbox.close();
});

async function call<Name extends CallName>(
  name: Name,
  ...args: unknown[]
): Promise<Reply<Answers[Name]>> {
  return (await page.emitWithAck(name, ...args)) as Reply<Answers[Name]>;
}

async function prepare(): Promise<string> {
  const reply = await call("prepare", { attempt: "own", switches: FIRST_SWITCHES });
  if (!("answer" in reply) || !("run" in reply.answer)) throw new Error(JSON.stringify(reply));
  expect(reply.answer.task).toMatchObject({
    prefix: expect.stringMatching(/^\/attempt\//),
    acts: [{ do: "connect", as: "socket" }],
  });
  return reply.answer.run;
}

const told = { do: "connect", as: "socket", result: "unanswered", durationMs: 1 };

function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let left = depth; left > 0; left -= 1) value = [value];
  return value;
}

it("takes the outcome of a run once, and compares it with nothing where no lesson says anything", async () => {
  const run = await prepare();
  expect(await call("settle", run, [told])).toMatchObject({
    answer: { client: "browser", outcome: [told], verdict: "no expectation", differences: [] },
  });
  expect(await call("settle", run, [told])).toEqual({
    error: "This run is over, or was never prepared.",
  });
});

it.each([
  ["no list", told],
  ["no outcome", []],
  ["an outcome too many", [told, told]],
  ["the outcome of another act", [{ ...told, do: "request" }]],
  ["the outcome of another connection", [{ ...told, as: "tab 1" }]],
  ["a result that there is not", [{ ...told, result: "fine" }]],
  ["a field that there is not", [{ ...told, more: 1 }]],
  ["a time that is none", [{ ...told, durationMs: "1" }]],
  [
    "data that nests too deeply",
    [
      {
        ...told,
        result: "refused",
        refusedBy: "namespace",
        message: "",
        willRetry: false,
        data: nest(5_000),
      },
    ],
  ],
])("refuses %s in a sentence, and the run can still be settled", async (_what, outcome) => {
  const run = await prepare();
  expect(await call("settle", run, outcome)).toEqual({ error: expect.any(String) as string });
  expect(await call("settle", run, [told])).toHaveProperty("answer");
  expect(mistakes).toEqual([]);
});

// The summary of a trace that is followed for long: what is known is counted on, and the rest is counted together.
import { expect, it } from "vitest";
import { Follow } from "../../scripts/model/follow/follow.ts";
import type { RequestStep, ResponseStep } from "../../scripts/model/trace.ts";

/** A handshake with that password, and its answer. */
function refusedHandshake(password: string): [RequestStep, ResponseStep] {
  const common = { connection: 1, body: "", packets: [], tokens: [] };
  const id = password.length;
  const target = "/socket.io/?EIO=4&transport=polling";
  const headers = { authorization: `Basic ${password}` };
  return [
    { ...common, kind: "request", from: "client", method: "GET", target, headers, id, atMs: 0 },
    {
      ...common,
      kind: "response",
      from: "server",
      status: 401,
      reason: "Unauthorized",
      headers: {},
      answers: id,
      id: id + 1,
      atMs: 1,
    },
  ];
}

it("counts an end that it knows, though there are a hundred", () => {
  const follow = new Follow(0);
  const show = (password: string): void => {
    for (const step of refusedHandshake(password)) follow.add(step);
  };
  for (let count = 0; count < 103; count += 1) show(`ann${count}`);
  show("ann7");
  const counts = follow.sum().ends.map(({ credential, count }) => [credential, count]);
  expect(counts).toHaveLength(101);
  expect(counts[7]).toEqual(["Authorization: Basic ann7, which is not a bearer token", 2]);
  expect(counts[100]).toEqual(["others", 3]);
});

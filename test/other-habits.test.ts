// The suite judges rules and not habits: another server keeps them all, though it answers otherwise than ours.
import { afterAll, beforeAll, expect, it } from "vitest";
import { runTarget } from "../scripts/lab/conformance/run.ts";
import { describeTarget } from "../scripts/lab/conformance/target.ts";
import { cases } from "./conformance/cases.ts";
import {
  AUDIENCE,
  CREDENTIALS,
  ISSUER,
  openOtherServer,
  type OtherServer,
  SECRET,
} from "./other-server.ts";

let server: OtherServer;
beforeAll(async () => {
  server = await openOtherServer();
});
afterAll(() => server.close());

it("a correct server with habits of its own fails no case of what it claims", async () => {
  const flags = { url: server.url, secret: SECRET, issuer: ISSUER, audience: AUDIENCE };
  const paths = { login: "/api/session", self: "/api/me", path: "/live" };
  const claims = { claims: "header,polling,websocket,login,self,same-origin,no-leeway" };
  const target = await describeTarget({ ...flags, ...paths, ...claims, ...CREDENTIALS }, {});
  const named = { ...target, userClaims: { sub: "ann" } };
  const revive = (): Promise<typeof named> => Promise.resolve(named);
  const { results } = await runTarget({ name: "other", target: named, cases, revive });
  const failed = results.filter(({ result }) => result === "failed");
  expect(failed.map(({ id, failure }) => [id, failure?.expected, failure?.seen])).toEqual([]);
  expect(results.filter(({ result }) => result === "passed").length).toBeGreaterThan(400);
});
